/// Why a model that understands only some requests does not follow one.
package enum Refusal: Sendable, Hashable {
    case notUnderstood(Misunderstanding)
    /// It was understood and could not be done: one sentence why.
    case notDone(String)

    package var message: String {
        switch self {
        case .notUnderstood(let misunderstanding): misunderstanding.message
        case .notDone(let reason): reason
        }
    }
}

/// A request that is not followed as it was said.
package struct Misunderstanding: Sendable, Hashable {
    /// One line: why, or what has to be said.
    package var message: String
    /// Requests that would be followed, the likeliest first; never followed by themselves.
    package var suggestions: [String]
    /// What the request leaves open.
    package var missing: [String]
    /// Goes before what is missing, when it is asked for; the whole is then the request.
    package var beginning: String?

    package init(
        _ message: String, suggestions: [String] = [], missing: [String] = [], beginning: String? = nil
    ) {
        self.message = message
        self.suggestions = suggestions
        self.missing = missing
        self.beginning = beginning
    }
}
