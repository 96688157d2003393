/// What came of reading a request.
enum Understanding: Sendable {
    case reading(Reading)
    /// It may mean several things, and nobody guesses.
    case unclear([Reading])
    /// Not one of the sentences, or one that must not be acted upon as it is said.
    case none(Doubt, near: Reading?)
}

/// Why a request that nearly fits is not followed.
enum Doubt: Sendable, Hashable {
    case notASentence
    /// What asks is no order.
    case question
    /// Free text with words in it that may be a condition, a negation or a second order.
    case unquoted(slot: String)
    /// More than one sentence.
    case several
    /// Emoji, marks of direction, a quote that is not closed.
    case strayCharacters
    case tooLong
}
