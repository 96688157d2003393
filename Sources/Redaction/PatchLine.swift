/// One line of a unified diff, or of several.
struct PatchLine {
    enum Sign {
        case context, added, removed
        /// No line of a file: the headers, and what says that a last newline is missing.
        case none
    }

    let sign: Sign
    /// The number of the hunk that it is in; nil outside of hunks and for their headers.
    let hunk: Int?
    /// Offsets of what is behind the sign, without the newline and a carriage return before it.
    let content: Range<Int>
    /// In the file before; the next line's for an added one.
    let oldNumber: Int
    let newNumber: Int
    /// Of a hunk's header, the line from above the hunk that git repeats there: `@@ -1,2 +1,2 @@ func f() {`.
    var heading: Range<Int>?

    /// Cuts a patch into its lines. A hunk ends where its header says, or where a line can be none of its own.
    static func lines(of patch: [UInt8]) -> [PatchLine] {
        var lines: [PatchLine] = []
        var hunk = HunkHeader(old: 0..<0, new: 0..<0)
        var (old, new, count) = (0, 0, 0)
        var start = 0
        while start < patch.count {
            let newline = patch[start...].firstIndex(of: 0x0a) ?? patch.count
            let end = newline > start && patch[newline - 1] == 0x0d ? newline - 1 : newline
            defer { start = newline + 1 }
            let isInside = old < hunk.old.upperBound || new < hunk.new.upperBound
            if isInside, let sign = sign(of: start < end ? patch[start] : UInt8(ascii: " ")) {
                lines.append(
                    PatchLine(
                        sign: sign, hunk: count, content: min(start + 1, end)..<end, oldNumber: old,
                        newNumber: new))
                if sign == .context || sign == .removed { old += 1 }
                if sign == .context || sign == .added { new += 1 }
                continue
            }
            var heading: Range<Int>?
            if let header = HunkHeader(patch[start..<end]) {
                (hunk, old, new) = (header, header.old.lowerBound, header.new.lowerBound)
                heading = header.heading
                count += 1
            } else if isInside {
                hunk = HunkHeader(old: 0..<0, new: 0..<0)
                (old, new) = (0, 0)
            }
            lines.append(
                PatchLine(
                    sign: .none, hunk: nil, content: start..<end, oldNumber: 0, newNumber: 0, heading: heading))
        }
        return lines
    }

    private static func sign(of byte: UInt8) -> Sign? {
        switch byte {
        case UInt8(ascii: " "): .context
        case UInt8(ascii: "+"): .added
        case UInt8(ascii: "-"): .removed
        case UInt8(ascii: "\\"): Sign.none
        default: nil
        }
    }
}

/// `@@ -12,7 +12,9 @@`
private struct HunkHeader {
    /// The lines it shows of either side.
    var old: Range<Int>
    var new: Range<Int>
    var heading: Range<Int>?

    init(old: Range<Int>, new: Range<Int>) { (self.old, self.new) = (old, new) }

    init?(_ line: ArraySlice<UInt8>) {
        guard line.starts(with: "@@ -".utf8) else { return nil }
        var rest = line.dropFirst(4)
        guard let old = Self.range(&rest), rest.starts(with: " +".utf8) else { return nil }
        rest = rest.dropFirst(2)
        guard let new = Self.range(&rest), rest.starts(with: " @@".utf8) else { return nil }
        (self.old, self.new) = (old, new)
        if rest.count > 4 { heading = (rest.startIndex + 4)..<rest.endIndex }
    }

    private static func range(_ rest: inout ArraySlice<UInt8>) -> Range<Int>? {
        guard let start = number(&rest) else { return nil }
        guard rest.first == UInt8(ascii: ",") else { return start..<(start + 1) }
        rest = rest.dropFirst()
        return number(&rest).map { start..<(start + $0) }
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
        let digits = rest.prefix { $0.isDigit }
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest[digits.endIndex...]
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
