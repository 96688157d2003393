/// The file in which git keeps a commit message while it is written: the message, comments that git strips, and below
/// the scissors what git cuts off.
package struct MessageFile: Sendable {
    /// Of each line its bytes, without the newline.
    private let lines: [ArraySlice<UInt8>]
    private let endsWithNewline: Bool
    private let gitLines: GitLines
    /// Git takes lines that begin with the sign out of the message.
    private let stripsComments: Bool
    /// `--cleanup=scissors`: what stands above the scissors is the message, whatever it begins with.
    private let isCutOnly: Bool
    /// The line above which a draft goes.
    private let place: Int

    /// What a comment begins with.
    package var sign: String { gitLines.sign }

    package init(_ bytes: [UInt8], form: MessageForm) {
        var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        endsWithNewline = lines.last?.isEmpty ?? true
        if endsWithNewline, !lines.isEmpty { lines.removeLast() }
        let gitLines = GitLines(lines, sign: form.sign)
        let isCutOnly = Self.isCutOnly(lines, gitLines, form)
        let stripsComments = !isCutOnly && Self.stripsComments(gitLines, form)
        let end = gitLines.scissors ?? lines.count
        let isOwn = { (line: ArraySlice<UInt8>) in line.starts(with: gitLines.sign.utf8) }
        place = stripsComments ? lines[..<end].firstIndex(where: isOwn) ?? end : gitLines.explanation?.lowerBound ?? end
        self.lines = lines
        self.gitLines = gitLines
        self.isCutOnly = isCutOnly
        self.stripsComments = stripsComments
    }

    /// Below these scissors and their two lines stands git's status; with `commit -v` alone the diff.
    private static func isCutOnly(_ lines: [ArraySlice<UInt8>], _ gitLines: GitLines, _ form: MessageForm) -> Bool {
        guard let scissors = gitLines.scissors, gitLines.explanation == nil else { return false }
        let below = lines[scissors...].prefix { $0.starts(with: gitLines.sign.utf8) }
        return form.cleanup == .scissors || below.count > 3
    }

    private static func stripsComments(_ gitLines: GitLines, _ form: MessageForm) -> Bool {
        switch form.cleanup {
        case .whitespace, .verbatim: false
        case _ where gitLines.explanation != nil: !gitLines.keepsComments
        case .strip: true
        // Scissors that git did not draw, or somebody took out, cut nothing off, and comments stay.
        case .scissors: false
        // Without an editor git writes no comments, and strips none.
        case .default: form.hasEditor
        }
    }

    private var end: Int { gitLines.scissors ?? lines.count }

    private func isComment(_ index: Int) -> Bool { stripsComments && lines[index].starts(with: sign.utf8) }

    /// Something is written above the scissors that is none of git's own lines, whether it strips those or not.
    package var hasMessage: Bool {
        (0..<end).contains {
            !lines[$0].isBlankLine && !isComment($0) && !(gitLines.explanation?.contains($0) ?? false)
        }
    }

    /// What git would keep, without blank lines around it.
    package var message: String {
        var kept = (0..<end).filter { !isComment($0) }.map { lines[$0] }[...]
        while let first = kept.first, first.isBlankLine { kept.removeFirst() }
        while let last = kept.last, last.isBlankLine { kept.removeLast() }
        return kept.map(\.lineText).joined(separator: "\n")
    }

    /// The part that must be text: what is cut off may hold the bytes of any file.
    package var isMessageText: Bool {
        (0..<end).allSatisfy { String(validating: lines[$0], as: UTF8.self) != nil }
    }

    /// The file with a draft above the first comment line, and comments under it where git takes them out again.
    ///
    /// Nil when a message is there already and `overTemplate` is false; with it the draft goes below what is there. Nil
    /// also when git would take the draft's first line for a comment. A later such line gets a space in front.
    package func inserting(_ draft: String, comments: [String], overTemplate: Bool = false) -> [UInt8]? {
        if hasMessage && !overTemplate { return nil }
        let draft = draft.trimmingEnds
        if draft.isEmpty || stripsComments && draft.utf8.starts(with: sign.utf8) { return nil }
        var head = Array(lines[..<place])
        var blanks: [ArraySlice<UInt8>] = []
        while let last = head.last, last.isBlankLine { blanks.append(head.removeLast()) }
        if !head.isEmpty { head.append([]) }
        head += drafted(draft)
        if place < lines.count || stripsComments { head += blanks.isEmpty ? [[]] : blanks }
        return joined(head, comments)
    }

    /// The file with comments where git takes them out again; nil where it would keep them, or where nothing tells by
    /// which sign it knows them.
    package func appendingRemark(_ comments: [String]) -> [UInt8]? {
        guard stripsComments && gitLines.isSignSeen || isCutOnly else { return nil }
        var head = Array(lines[..<place])
        if let last = head.last, !last.isBlankLine { head.append([]) }
        return joined(head, comments)
    }

    private func drafted(_ draft: String) -> [ArraySlice<UInt8>] {
        draft.split(separator: "\n", omittingEmptySubsequences: false).map { text in
            let line = Array(text.utf8)[...]
            // A line that looks like a comment would be taken out; from scissors on everything would.
            let isLost = stripsComments && line.starts(with: sign.utf8) || GitLines.isCut(line, sign: sign)
            return isLost ? [0x20] + line : line
        }
    }

    private func joined(_ head: [ArraySlice<UInt8>], _ comments: [String]) -> [UInt8] {
        let remarks = comments.flatMap { $0.split(whereSeparator: \.isNewline) }.map {
            Array("\(sign) \($0)".utf8)[...]
        }
        var all = head
        if let scissors = gitLines.scissors, isCutOnly {
            // Below git's own two lines about the scissors; above them it would stay in the message.
            let below = min(scissors + 3, lines.count)
            all += lines[place..<below] + remarks + lines[below...]
        } else {
            all += (stripsComments ? remarks : []) + lines[place...]
        }
        var bytes = Array(all.joined(separator: [0x0a]))
        if endsWithNewline || place == lines.count { bytes.append(0x0a) }
        return bytes
    }
}
