/// The lines that git itself writes into a message file: its explanation with the status, and the scissors.
struct GitLines {
    /// What a comment begins with.
    let sign: String
    /// The sign is configured, or seen in git's own lines; else it is what git picks for such a text.
    let isSignSeen: Bool
    /// The line from which git cuts everything off.
    let scissors: Int?
    /// The explanation and the status below it; nil where git wrote none, or somebody has taken it out.
    let explanation: Range<Int>?
    /// The explanation says that comments stay in the message: `--cleanup=whitespace` or `verbatim`.
    let keepsComments: Bool

    private static let cut = " ------------------------ >8 ------------------------"
    /// What git picks from, in its order.
    private static let signs = "#;@!$%^&|:".map(String.init)

    /// `sign` is nil for `core.commentChar=auto`.
    init(_ lines: [ArraySlice<UInt8>], sign: String?) {
        if let sign {
            self.init(lines, sign: sign, isSignSeen: true)
            return
        }
        let found = Self.signs.lazy.map { GitLines(lines, sign: $0, isSignSeen: true) }
            .first { $0.scissors != nil || $0.explanation != nil }
        self = found ?? GitLines(lines, sign: Self.picked(for: lines), isSignSeen: false)
    }

    private init(_ lines: [ArraySlice<UInt8>], sign: String, isSignSeen: Bool) {
        let scissors = lines.firstIndex { Self.isCut($0, sign: sign) }
        var end = scissors ?? lines.count
        while scissors == nil, end > 0, lines[end - 1].isBlankLine { end -= 1 }
        var start = end
        while start > 0, lines[start - 1].starts(with: sign.utf8) { start -= 1 }
        // The explanation is a paragraph that quotes the sign.
        let words = lines[start..<end].prefix(5).map { $0.lineText.dropFirst(sign.count) }.prefix { !$0.isEmpty }
        let isExplanation = words.contains { $0.contains(sign) }
        self.sign = sign
        self.isSignSeen = isSignSeen
        self.scissors = scissors
        explanation = isExplanation ? start..<end : nil
        keepsComments = isExplanation && Self.saysKept(words.joined(separator: " "), sign: sign)
    }

    static func isCut(_ line: ArraySlice<UInt8>, sign: String) -> Bool { line.lineText == sign + cut }

    /// In nearly all of git's translations a semicolon follows the word for kept; where lines are ignored none does.
    private static func saysKept(_ words: String, sign: String) -> Bool {
        var words = words
        for (open, close) in [("'", "'"), ("\"", "\""), ("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("「", "」")] {
            words = words.replacing(open + sign + close, with: "")
        }
        return ["will be kept", ";", "—", "保留", "보존", "διατηρηθούν"].contains { words.contains($0) }
    }

    /// The first sign with which no line begins, when `#` is in the text at all.
    private static func picked(for lines: [ArraySlice<UInt8>]) -> String {
        guard lines.contains(where: { $0.contains(0x23) }) else { return "#" }
        return signs.first { sign in !lines.contains { $0.starts(with: sign.utf8) } } ?? "#"
    }
}

extension ArraySlice<UInt8> {
    /// Nothing but what git takes off the end of a line.
    var isBlankLine: Bool { allSatisfy { $0 == 0x20 || (0x09...0x0d).contains($0) } }

    /// Without the carriage return at its end.
    var lineText: String { String(decoding: last == 0x0d ? dropLast() : self, as: UTF8.self) }
}
