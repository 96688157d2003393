/// Why a model's draft is not used, in a few words.
package struct DraftProblem: Error, Sendable, Hashable {
    package let reason: String
}

/// Holds what a model wrote against the change before it goes into a message file. The change may come from anybody,
/// and so may words in it that tell the model what to write.
package struct DraftCheck: Sendable {
    let style: MessageStyle
    /// Whether a path is in the change or in the repository.
    let knows: @Sendable (String) -> Bool
    /// What the model was shown.
    let evidence: String
    let branch: String?

    /// Whatever it counts in characters.
    private static let mostBytes = 32_768
    private static let mostLines = 60
    private static let mostCharacters = 4_000
    private static let longestLine = 400

    package init(
        style: MessageStyle, knows: @escaping @Sendable (String) -> Bool, evidence: String, branch: String? = nil
    ) {
        self.style = style
        self.knows = knows
        self.evidence = evidence
        self.branch = branch
    }

    /// The message with one blank line under its subject, its body wrapped at 72 columns, without a frame around it and
    /// without trailers and closing words that a model must not invent.
    package func checked(_ text: String) -> Result<String, DraftProblem> {
        do throws(DraftProblem) {
            return .success(try message(text))
        } catch {
            return .failure(error)
        }
    }

    private func message(_ text: String) throws(DraftProblem) -> String {
        guard text.utf8.count <= Self.mostBytes else { throw DraftProblem(reason: "it is too long") }
        let text = text.replacing("\r\n", with: "\n")
        try DraftCharacters.check(text)
        var lines = try DraftFrame.removed(text).split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0).trimmingEnd }
        let trailers = DraftTrailers(branch: branch)
        lines = trailers.removed(from: lines)
        while let first = lines.first, first.isEmpty { lines.removeFirst() }
        while let last = lines.last, last.isEmpty { lines.removeLast() }
        guard var subject = lines.first?.trimmingEnds, subject.contains(where: \.isLetter) else {
            // A fence that does not end has a message in it, and perhaps not the whole.
            throw DraftProblem(
                reason: lines.contains { $0.contains(where: \.isLetter) } ? "it is no message" : "it is empty")
        }
        lines[0] = subject
        try checkSize(subject, lines)
        try DraftVoice(style: style).check(lines)
        try checkOrders(lines)
        subject = withoutMark(subject)
        try checkNames([subject] + lines.dropFirst())
        var body = lines.dropFirst()
        while let first = body.first, first.isEmpty { body.removeFirst() }
        let message = body.isEmpty ? subject : subject + "\n\n" + LineWrap.wrapped(Array(body)).joined(separator: "\n")
        // Over the ends of lines, too.
        if let number = trailers.foreignIssue(in: message) {
            throw DraftProblem(reason: "it closes issue \(number), of which the branch does not speak")
        }
        return message
    }

    /// Without the mark of a list, and without a ticket that the model has from other messages.
    private func withoutMark(_ subject: String) -> String {
        var subject = subject
        if let mark = ["- ", "* ", "• "].first(where: subject.hasPrefix) {
            subject = subject.dropFirst(mark.count).trimmingEnds
        }
        guard style.prefix == .ticket else { return subject }
        let ticket = subject.prefix { !$0.isWhitespace }
        let name = ticket.filter { $0.isLetter || $0.isNumber || $0 == "-" }
        guard ticket.count < subject.count, name.contains(where: \.isNumber), !name.contains(where: \.isLowercase),
            ticket.hasPrefix("#") || name.contains("-")
        else { return subject }
        return isOfBranch(name) ? subject : subject.dropFirst(ticket.count).trimmingEnds
    }

    private func isOfBranch(_ ticket: String) -> Bool {
        guard let branch = branch?.lowercased(), let range = branch.firstRange(of: ticket.lowercased()) else {
            return false
        }
        return !(branch[range.upperBound...].first?.isNumber ?? false)
    }

    // MARK: Refusals

    private func checkSize(_ subject: String, _ lines: [String]) throws(DraftProblem) {
        if subject.count > style.longestSubject + 20 {
            throw DraftProblem(reason: "its first line has \(subject.count) characters")
        }
        let count = lines.map(\.count).reduce(0, +)
        if lines.count > Self.mostLines || count > Self.mostCharacters { throw DraftProblem(reason: "it is too long") }
        if lines.contains(where: { $0.count > Self.longestLine }) { throw DraftProblem(reason: "a line is too long") }
    }

    /// Words that make git or a server do something with the commit.
    private func checkOrders(_ lines: [String]) throws(DraftProblem) {
        let text = lines.joined(separator: "\n").lowercased()
        let skips = [
            "[skip ci]", "[ci skip]", "[no ci]", "[skip actions]", "[actions skip]", "***no_ci***", "skip-checks:",
        ]
        if skips.contains(where: text.contains) { throw DraftProblem(reason: "it would switch checks off") }
        if ["fixup!", "squash!", "amend!"].contains(where: text.hasPrefix) {
            throw DraftProblem(reason: "it would be melted into another commit")
        }
    }

    /// People, addresses and files that the change does not know are made up, or planted.
    private func checkNames(_ lines: [String]) throws(DraftProblem) {
        let evidence = DraftEvidence(evidence)
        for name in lines.flatMap(DraftNames.names) {
            switch name {
            case .address(let text) where !evidence.holds(text) && !knows(text),
                .mention(let text) where !evidence.holds(text):
                throw DraftProblem(reason: "it names \(text.prefix(60)), which the change does not")
            case .word(let text) where DraftNames.isPath(text, knows: knows) && !exists(text, evidence):
                throw DraftProblem(reason: "it names \(text.prefix(60)), which does not exist here")
            default: break
            }
        }
    }

    private func exists(_ word: String, _ evidence: DraftEvidence) -> Bool {
        var path = word[...]
        while path.hasPrefix("./") { path = path.dropFirst(2) }
        while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
        return knows(String(path)) || evidence.holds(String(path)) || branch?.contains(path) ?? false
    }
}
