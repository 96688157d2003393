/// The file in which git keeps a commit message while it is written: the message, comments that git strips, and below
/// the scissors what git cuts off.
package struct MessageFile: Sendable {
    /// Of each line its bytes, without the newline.
    private let lines: [ArraySlice<UInt8>]
    private let endsWithNewline: Bool
    private let form: MessageForm
    /// What a comment begins with.
    package let sign: String
    /// The line from which git cuts everything off.
    private let scissors: Int?
    /// The first line that begins with the sign; the number of lines when none does.
    private let firstComment: Int

    private static let cut = " ------------------------ >8 ------------------------"

    package init(_ bytes: [UInt8], form: MessageForm) {
        var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        endsWithNewline = lines.last?.isEmpty ?? true
        if endsWithNewline, !lines.isEmpty { lines.removeLast() }
        let sign = form.sign ?? Self.pickedSign(lines)
        self.lines = lines
        self.form = form
        self.sign = sign
        scissors = lines.firstIndex { Self.text($0) == sign + Self.cut }
        firstComment = lines.firstIndex { $0.starts(with: sign.utf8) } ?? lines.count
    }

    /// `core.commentChar=auto`: git has taken the first of these with which no line of the message begins, and its own
    /// lines begin with it.
    private static func pickedSign(_ lines: [ArraySlice<UInt8>]) -> String {
        let candidates = "#;@!$%^&|:".map(String.init)
        if let sign = candidates.first(where: { sign in lines.contains { text($0) == sign + cut } }) { return sign }
        let last = lines.last { !isBlank($0) }
        return candidates.first { sign in last?.starts(with: sign.utf8) ?? false } ?? "#"
    }

    private static func text(_ line: ArraySlice<UInt8>) -> String {
        String(decoding: line.last == 0x0d ? line.dropLast() : line, as: UTF8.self)
    }

    private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
    }

    private var end: Int { scissors ?? lines.count }

    /// The scissors are the first comment: `--cleanup=scissors`, where comments above them are part of the message.
    private var isCutOnly: Bool { scissors.map { $0 == firstComment } ?? false }

    /// Git takes lines that begin with the sign out of the message.
    private var stripsComments: Bool {
        switch form.cleanup {
        case .whitespace, .verbatim: return false
        case .default, .strip, .scissors: break
        }
        // Without an editor nothing is stripped, and git writes no comments then.
        guard form.hasEditor || firstComment < lines.count || form.cleanup == .strip else { return false }
        // `--cleanup=whitespace` on the command line: git says so in the file.
        return !lines[min(firstComment, lines.count)...].prefix(6).contains { Self.text($0).contains("will be kept") }
    }

    private func isComment(_ index: Int) -> Bool { stripsComments && lines[index].starts(with: sign.utf8) }

    /// Something is written above the scissors that is none of git's own lines, whether it strips those or not.
    package var hasMessage: Bool {
        (0..<end).contains { !Self.isBlank(lines[$0]) && !lines[$0].starts(with: sign.utf8) }
    }

    /// What git would keep, without blank lines around it.
    package var message: String {
        var kept = (0..<end).filter { !isComment($0) }.map { lines[$0] }[...]
        while let first = kept.first, Self.isBlank(first) { kept.removeFirst() }
        while let last = kept.last, Self.isBlank(last) { kept.removeLast() }
        return kept.map(Self.text).joined(separator: "\n")
    }

    /// The part that must be text: what is cut off may hold the bytes of any file.
    package var isMessageText: Bool {
        (0..<end).allSatisfy { String(validating: lines[$0], as: UTF8.self) != nil }
    }

    /// The file with a draft above the first comment line, and comments under it where git takes them out again.
    ///
    /// Nil when a message is there already and `overTemplate` is false. With it the draft goes below what is there.
    package func inserting(_ draft: String, comments: [String], overTemplate: Bool = false) -> [UInt8]? {
        if hasMessage && !overTemplate { return nil }
        let place = min(firstComment, end)
        var head = Array(lines[..<place])
        var blanks: [ArraySlice<UInt8>] = []
        while let last = head.last, Self.isBlank(last) { blanks.append(head.removeLast()) }
        if !head.isEmpty { head.append([]) }
        head += drafted(draft)
        let hasMore = place < lines.count || canComment
        head += blanks.isEmpty && hasMore ? [[]] : hasMore ? blanks : []
        return joined(head, comments, restFrom: place)
    }

    /// The file with comments where git takes them out again; nil where it would keep them.
    package func appendingRemark(_ comments: [String]) -> [UInt8]? {
        guard canComment else { return nil }
        let place = min(firstComment, end)
        var head = Array(lines[..<place])
        if let last = head.last, !Self.isBlank(last) { head.append([]) }
        return joined(head, comments, restFrom: place)
    }

    private var canComment: Bool { stripsComments }

    private func drafted(_ draft: String) -> [ArraySlice<UInt8>] {
        draft.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            // A line that looks like a comment would be taken out.
            Array((stripsComments && line.hasPrefix(sign) ? " " + line : String(line)).utf8)[...]
        }
    }

    private func joined(
        _ head: [ArraySlice<UInt8>], _ comments: [String], restFrom place: Int
    ) -> [UInt8] {
        let remarks = canComment ? comments.map { Array("\(sign) \($0)".utf8)[...] } : []
        var all = head
        if let scissors, isCutOnly || form.cleanup == .scissors {
            // Below git's own two lines about the scissors; above them it would stay in the message.
            let below = min(scissors + 3, lines.count)
            all += lines[place..<below] + remarks + lines[below...]
        } else {
            all += remarks + lines[place...]
        }
        var bytes = Array(all.joined(separator: [0x0a]))
        if endsWithNewline || place == lines.count { bytes.append(0x0a) }
        return bytes
    }
}
