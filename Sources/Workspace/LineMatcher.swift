internal import CLinux
internal import Glibc

/// Finds the lines of a file that hold a text.
struct LineMatcher {
    struct Match {
        /// From 1.
        let number: Int
        /// The line's bytes without its newline.
        let line: Range<Int>
        /// Where in the file the text is.
        let offset: Int
    }

    private enum Needle {
        case bytes([UInt8])
        /// ASCII in lower case.
        case folded([UInt8])
        /// In lower case; compared character by character, so that composed and decomposed accents are the same.
        case characters(String)
    }

    private let needle: Needle

    init(_ text: String, isCaseSensitive: Bool) throws(WorkspaceError) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= 1_000 else {
            throw WorkspaceError(.invalidRequest, "The text to look for has 1 to 1,000 bytes.")
        }
        guard !bytes.contains(where: { $0 == UInt8(ascii: "\n") || $0 == 0 }) else {
            throw WorkspaceError(.invalidRequest, "A search looks at one line at a time; look for one of the lines.")
        }
        if isCaseSensitive {
            needle = .bytes(bytes)
        } else if bytes.allSatisfy({ $0 < 0x80 }) {
            needle = .folded(Self.folded(bytes))
        } else {
            needle = .characters(text.lowercased())
        }
    }

    /// The matches of a file, one a line, as they are asked for.
    func matches(in bytes: [UInt8]) -> [Match] {
        switch needle {
        case .bytes(let wanted): Self.matches(of: wanted, in: bytes)
        case .folded(let wanted): Self.matches(of: wanted, in: Self.folded(bytes))
        case .characters(let wanted): Self.matches(ofCharacters: wanted, in: bytes)
        }
    }

    private static func matches(of wanted: [UInt8], in bytes: [UInt8]) -> [Match] {
        var matches: [Match] = []
        var line = 1
        var counted = 0
        var start = 0
        while let offset = find(wanted, in: bytes, from: start) {
            for index in counted..<offset where bytes[index] == UInt8(ascii: "\n") { line += 1 }
            let range = lineRange(around: offset, in: bytes)
            matches.append(Match(number: line, line: range, offset: offset))
            counted = offset
            start = range.upperBound
        }
        return matches
    }

    /// Only lines that are not plain ASCII can hold the text.
    private static func matches(ofCharacters wanted: String, in bytes: [UInt8]) -> [Match] {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return [] }
        var matches: [Match] = []
        let starts = Lines.starts(in: bytes)
        for (index, start) in starts.enumerated() {
            let range = lineRange(around: start, in: bytes)
            let line = bytes[range]
            guard line.contains(where: { $0 >= 0x80 }), let text = String(validating: line, as: UTF8.self) else {
                continue
            }
            let lower = text.lowercased()
            guard let found = lower.firstRange(of: wanted) else { continue }
            let offset = min(
                range.upperBound, start + lower.utf8.distance(from: lower.startIndex, to: found.lowerBound))
            matches.append(Match(number: index + 1, line: range, offset: offset))
        }
        return matches
    }

    private static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard start < bytes.count else { return nil }
        return unsafe bytes.withUnsafeBytes { haystack in
            unsafe wanted.withUnsafeBytes { needle in
                guard let base = haystack.baseAddress, let needleBase = needle.baseAddress,
                    let found = unsafe memmem(base + start, haystack.count - start, needleBase, needle.count)
                else { return nil }
                return unsafe UnsafeRawPointer(found) - base
            }
        }
    }

    private static func lineRange(around offset: Int, in bytes: [UInt8]) -> Range<Int> {
        let newline = UInt8(ascii: "\n")
        let start = bytes[..<offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
        return start..<(bytes[offset...].firstIndex(of: newline) ?? bytes.count)
    }

    private static func folded(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { byte in (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }
    }
}
