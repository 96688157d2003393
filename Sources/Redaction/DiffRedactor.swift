/// Takes secrets out of unified diffs, where every line has a sign before it and a hunk may show only the middle of
/// what is secret as a whole.
package struct DiffRedactor: Sendable {
    private let redactor: SecretRedactor

    package init(redactor: SecretRedactor) { self.redactor = redactor }

    /// The patch with secrets taken out.
    ///
    /// What a hunk shows of either side is searched as one text, without the signs. Where the file's whole contents
    /// are known, they are searched too, and what they give away is taken out of the lines that the hunks show.
    /// - Parameters:
    ///   - patch: Of one file when its contents are given, otherwise of as many as one likes.
    ///   - old: All that the file held before, nil when that is not known or too large.
    ///   - new: All that it holds now.
    /// - Returns: As many lines, each with the sign that it had.
    package func redacted(_ patch: String, old: String?, new: String?) -> String {
        let bytes = Array(patch.utf8)
        let lines = PatchLine.lines(of: bytes)
        var marks: [Mark] = []
        var index = 0
        while index < lines.count {
            let end = lines[index...].firstIndex { $0.hunk != lines[index].hunk } ?? lines.count
            let part = index..<end
            marks += self.marks(in: bytes, lines, part.filter { lines[$0].sign == .none }, isComplete: true)
            if lines[index].hunk != nil {
                for side in Side.allCases {
                    let isKnown = side == .old ? old != nil : new != nil
                    marks += self.marks(
                        in: bytes, lines, part.filter { side.shows(lines[$0].sign) }, isComplete: isKnown)
                }
            }
            index = end
        }
        marks += headings(in: bytes, lines, of: [old, new].compactMap(\.self))
        if let old { marks += self.marks(of: old, .old, in: bytes, lines) }
        if let new, new != old || lines.contains(where: { $0.sign == .added }) {
            marks += self.marks(of: new, .new, in: bytes, lines)
        }
        return marks.isEmpty ? patch : Self.text(bytes, lines, marks)
    }

    private enum Side: CaseIterable {
        case old, new

        func shows(_ sign: PatchLine.Sign) -> Bool { sign == .context || sign == (self == .old ? .removed : .added) }
    }

    /// What goes out of one line: offsets into the patch.
    private struct Mark {
        let range: Range<Int>
        let kind: String
    }

    /// The secrets in lines that follow each other on one side.
    private func marks(in bytes: [UInt8], _ lines: [PatchLine], _ shown: [Int], isComplete: Bool) -> [Mark] {
        guard !shown.isEmpty else { return [] }
        var text: [UInt8] = []
        var starts: [Int] = []
        for index in shown {
            starts.append(text.count)
            text += bytes[lines[index].content]
            text.append(0x0a)
        }
        var marks: [Mark] = []
        var first = 0
        // Of a part that nobody has seen the whole of, nobody can say what its lines are the middle of.
        for finding in isComplete ? redactor.findings(in: text) : redactor.allFindings(in: text) {
            while first + 1 < starts.count, starts[first + 1] <= finding.range.lowerBound { first += 1 }
            var row = first
            while row < shown.count, starts[row] < finding.range.upperBound {
                let content = lines[shown[row]].content
                let range = finding.range.shifted(by: content.lowerBound - starts[row]).clamped(to: content)
                if !range.isEmpty { marks.append(Mark(range: range, kind: finding.kind)) }
                row += 1
            }
        }
        return marks
    }

    /// The secrets in a file's whole contents, where the hunks show them.
    private func marks(of whole: String, _ side: Side, in bytes: [UInt8], _ lines: [PatchLine]) -> [Mark] {
        let text = Array(whole.utf8)
        let findings = redactor.allFindings(in: text)
        guard !findings.isEmpty else { return [] }
        var marks: [Mark] = []
        // The file's lines are walked along with the patch's, which are in the same order.
        var walk = FileWalk(text)
        var next = 0
        for index in lines.indices where side.shows(lines[index].sign) {
            guard let row = walk.line(side == .old ? lines[index].oldNumber : lines[index].newNumber) else { continue }
            while next < findings.count, findings[next].range.upperBound <= row.lowerBound { next += 1 }
            let content = lines[index].content
            let isSame = text[row].elementsEqual(bytes[content])
            var finding = next
            while finding < findings.count, findings[finding].range.lowerBound < row.upperBound {
                // A line that was cut short, say: it is not shown at all.
                let range =
                    isSame
                    ? findings[finding].range.shifted(by: content.lowerBound - row.lowerBound).clamped(to: content)
                    : content
                if !range.isEmpty { marks.append(Mark(range: range, kind: findings[finding].kind)) }
                finding += 1
            }
        }
        return marks
    }

    // MARK: Headings

    /// Git takes a hunk's heading from anywhere above it, so it may be a line of a key: it goes when a line of the
    /// file with a secret in it begins like it, or when it has no blank in it and looks like one.
    private func headings(in bytes: [UInt8], _ lines: [PatchLine], of files: [String]) -> [Mark] {
        let headings = lines.compactMap(\.heading)
        if headings.isEmpty { return [] }
        let secret = files.reduce(into: Set<ArraySlice<UInt8>>()) { $0.formUnion(beginnings(of: Array($1.utf8))) }
        return headings.compactMap { heading in
            let text = bytes[heading]
            let isSecret =
                secret.contains(Self.beginning(of: text))
                || !text.contains(UInt8(ascii: " ")) && SecretHeuristics.isKey(text, isQuoted: true)
            return isSecret ? Mark(range: heading, kind: "secret") : nil
        }
    }

    /// How the lines begin that hold a part of a secret.
    private func beginnings(of text: [UInt8]) -> Set<ArraySlice<UInt8>> {
        var beginnings: Set<ArraySlice<UInt8>> = []
        var start = 0
        for finding in redactor.allFindings(in: text) {
            while let end = text[start...].firstIndex(of: 0x0a), end < finding.range.lowerBound { start = end + 1 }
            while start < finding.range.upperBound {
                let end = text[start...].firstIndex(of: 0x0a) ?? text.count
                beginnings.insert(Self.beginning(of: text[start..<end]))
                if end >= finding.range.upperBound { break }
                start = end + 1
            }
        }
        return beginnings
    }

    /// So much is compared: git cuts headings off, and leaves out blanks at the end.
    private static func beginning(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = line.drop { $0 == 0x20 || $0 == 0x09 }.prefix(24)
        while let last = text.last, last == 0x20 || last == 0x09 || last == 0x0d { text.removeLast() }
        return text
    }

    private static func text(_ bytes: [UInt8], _ lines: [PatchLine], _ marks: [Mark]) -> String {
        let marks = marks.sorted {
            ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound)
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var end = 0
        for mark in marks {
            if mark.range.lowerBound < end {
                end = max(end, mark.range.upperBound)
                continue
            }
            result += bytes[end..<mark.range.lowerBound]
            result += "[redacted: \(mark.kind)]".utf8
            end = mark.range.upperBound
        }
        result += bytes[end...]
        return String(decoding: result, as: UTF8.self)
    }
}

/// A file's lines by their numbers, asked for in rising order.
private struct FileWalk {
    private let text: [UInt8]
    private var number = 1
    private var start = 0

    init(_ text: [UInt8]) { self.text = text }

    /// Without its line break. Nil beyond the end, and for a line before the last one that was asked for.
    mutating func line(_ wanted: Int) -> Range<Int>? {
        guard wanted >= number else { return nil }
        while number < wanted {
            guard let end = text[start...].firstIndex(of: 0x0a) else { return nil }
            start = end + 1
            number += 1
        }
        guard start < text.count else { return nil }
        let end = text[start...].firstIndex(of: 0x0a) ?? text.count
        return start..<(end > start && text[end - 1] == 0x0d ? end - 1 : end)
    }
}

extension Range<Int> {
    fileprivate func shifted(by offset: Int) -> Range<Int> { (lowerBound + offset)..<(upperBound + offset) }
}
