/// Whether a request is followed.
enum Verdict: Sendable {
    case follow(Reading)
    case refuse(Doubtful)
}

/// A request that is not followed, and why.
struct Doubtful: Sendable {
    enum Reason: Sendable, Hashable {
        case notUnderstood(Doubt)
        /// Several readings, or several things of that name.
        case unclear
        case missing([String])
        /// The piece that has to be built first.
        case later(String)
        /// A write that was not said as it is meant.
        case unsure
        case unknownName(slot: String, said: String)
        case impossibleDay(String)
    }

    let reason: Reason
    /// What it was taken for, where it was.
    var reading: Reading?
    /// Requests that would be followed and are meant by this one, if any is.
    var meant: [String] = []

    /// It was understood, and nothing else would do.
    var waitsForPiece: Bool {
        if case .later = reason { true } else { false }
    }
}
