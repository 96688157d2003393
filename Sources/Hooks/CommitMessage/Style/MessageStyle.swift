package import Settings

/// How a repository words its commit messages, learnt from its log.
package struct MessageStyle: Sendable, Hashable {
    /// `Add` or `Added`.
    package enum Mood: String, Sendable, Hashable { case imperative, past }

    /// `feat(parser): …`.
    package var isConventional = false
    /// The types in use, the most used first.
    package var types: [String] = []
    /// The scopes in use, the most used first; empty when scopes are not usual.
    package var scopes: [String] = []
    /// Nil when it cannot be told.
    package var language: Language?
    /// Nil when it cannot be told.
    package var mood: Mood?
    /// No subject should be longer, in characters.
    package var longestSubject = 72
    package var startsUpperCase = true
    package var endsWithFullStop = false
    /// How many messages have more than a subject, from 0 to 1.
    package var shareWithBody = 0.0
    /// Trailers of at least half of the messages, such as `Signed-off-by`.
    package var trailers: [String] = []
    /// What most subjects begin with, such as `module: ` or `ABC-123: `; not the conventional types.
    package var prefix: Prefix?
    /// The latest subjects.
    package var examples: [String] = []

    package enum Prefix: String, Sendable, Hashable {
        /// `parser: …`.
        case area
        /// `ABC-123: …`.
        case ticket
    }

    /// Of an empty history: English, imperative.
    package init() {}

    /// With what is configured in place of what was learnt.
    package func overriding(isConventional: Bool?, language: Language?) -> MessageStyle {
        var style = self
        if let isConventional {
            if isConventional != self.isConventional {
                // What was learnt of other subjects says nothing about these.
                style.startsUpperCase = !isConventional
                style.types = []
                style.scopes = []
            }
            style.isConventional = isConventional
            if isConventional { style.prefix = nil }
        }
        if let language { style.language = language }
        return style
    }

    /// The style in sentences for a model.
    package func instructions() -> String {
        var sentences: [String] = []
        if isConventional {
            let known = types.isEmpty ? "feat, fix, docs, refactor, test, chore" : types.joined(separator: ", ")
            sentences.append("Subjects follow Conventional Commits, with the types \(known).")
            if !scopes.isEmpty {
                sentences.append("Scopes are usual: \(scopes.prefix(10).joined(separator: ", ")).")
            }
        } else if prefix == .area {
            sentences.append("Subjects begin with the area and a colon, such as `parser: `.")
        } else if prefix == .ticket {
            sentences.append("Subjects begin with a ticket's number; where the branch names none, leave it out.")
        }
        switch language {
        case .spanish: sentences.append("Messages are in Spanish.")
        case nil where !examples.isEmpty: sentences.append("Messages are in the language of the latest subjects.")
        case .english, nil: sentences.append("Messages are in English.")
        }
        switch mood {
        case .past: sentences.append("The verb is in the past, such as Added or Añadido.")
        case .imperative, nil: sentences.append("The verb is in the imperative, such as Add or Añade.")
        }
        sentences.append("A subject has at most \(longestSubject) characters, ")
        sentences[sentences.count - 1] +=
            "begins \(startsUpperCase ? "with a capital letter" : "in lower case") and "
            + (endsWithFullStop ? "ends with a full stop." : "has no full stop.")
        sentences.append(shareWithBody < 0.2 ? "Most messages have no body." : "Bodies are usual where they help.")
        if !examples.isEmpty { sentences.append("The latest subjects:\n- " + examples.joined(separator: "\n- ")) }
        return sentences.joined(separator: " ")
    }
}
