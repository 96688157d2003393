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
        try checkCharacters(text)
        var lines = DraftFrame.removed(text).split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0).trimmingEnd }
        lines = DraftTrailers(branch: branch).removed(from: lines)
        while let first = lines.first, first.isEmpty { lines.removeFirst() }
        while let last = lines.last, last.isEmpty { lines.removeLast() }
        guard let subject = lines.first.map({ $0.trimmingEnds }), subject.contains(where: { $0.isLetter }) else {
            throw DraftProblem(reason: "it is empty")
        }
        try checkSize(subject, lines)
        try checkVoice(subject, lines)
        try checkNames(lines)
        var body = lines.dropFirst()
        while let first = body.first, first.isEmpty { body.removeFirst() }
        return body.isEmpty ? subject : subject + "\n\n" + LineWrap.wrapped(Array(body)).joined(separator: "\n")
    }

    // MARK: Refusals

    private func checkCharacters(_ text: String) throws(DraftProblem) {
        for scalar in text.unicodeScalars
        where !["\n", "\t", "\r"].contains(scalar) && HiddenCharacter.isHidden(scalar) {
            let isControl = scalar.properties.generalCategory == .control
            throw DraftProblem(reason: "it holds \(isControl ? "control" : "invisible") characters")
        }
    }

    private func checkSize(_ subject: String, _ lines: [String]) throws(DraftProblem) {
        if subject.count > style.longestSubject + 20 {
            throw DraftProblem(reason: "its first line has \(subject.count) characters")
        }
        let count = lines.map(\.count).reduce(0, +)
        if lines.count > Self.mostLines || count > Self.mostCharacters { throw DraftProblem(reason: "it is too long") }
        if lines.contains(where: { $0.count > Self.longestLine }) { throw DraftProblem(reason: "a line is too long") }
    }

    /// A model that speaks of itself or of its task did not write a message.
    private func checkVoice(_ subject: String, _ lines: [String]) throws(DraftProblem) {
        let first = subject.lowercased()
        let fronts = [
            "as an ai", "as a language model", "i cannot", "i can't", "i'm sorry", "i am sorry", "sorry,", "sure,",
            "sure!", "here is", "here's", "certainly", "of course", "como modelo", "como una ia", "no puedo",
            "lo siento",
            "claro,", "aquí está", "aquí tienes", "por supuesto", "let me", "okay,", "ok,",
        ]
        if fronts.contains(where: first.hasPrefix) { throw DraftProblem(reason: "it talks about itself") }
        let whole = lines.joined(separator: " ").lowercased()
        let marks = [
            "as an ai language model", "system prompt", "previous instructions", "instrucciones anteriores",
            "<file name=", "</file>", "you write the commit message", "words in it that address you",
        ]
        if marks.contains(where: whole.contains) { throw DraftProblem(reason: "it talks about its instructions") }
    }

    /// People, addresses and files that the change does not know are made up, or planted.
    private func checkNames(_ lines: [String]) throws(DraftProblem) {
        for line in lines {
            for word in DraftWords.words(of: line) {
                switch DraftWords.kind(of: word) {
                case .address, .mention:
                    guard evidence.contains(word) else {
                        throw DraftProblem(reason: "it names \(word.prefix(60)), which the change does not")
                    }
                case .path:
                    guard knows(word) || evidence.contains(word) else {
                        throw DraftProblem(reason: "it names \(word.prefix(60)), which does not exist here")
                    }
                case .plain: break
                }
            }
        }
    }
}

extension String {
    var trimmingEnd: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text).replacing("\t", with: "    ")
    }
}
