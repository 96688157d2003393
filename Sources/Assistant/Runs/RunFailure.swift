/// Why a run did not end `done`.
package enum RunFailure: Error, Sendable, Hashable {
    case engine(EngineError)
    case journal(JournalError)
    /// Which limit, in words.
    case limit(String)
    /// The model kept calling what cannot be called.
    case toolErrors(String)
    /// A call's outcome is unknown.
    case outcomeUnknown(String)
    /// A model that understands only some requests does not understand this one.
    case notUnderstood(Misunderstanding)
    /// It was understood and could not be done: why.
    case notDone(String)
    case unknownAgent(String, known: [String])
    case interrupted

    /// The limit when ``SpendingLimit`` allows no more.
    package static let sharedMoney = "the money that all runs share"
}

extension RunFailure {
    /// One sentence without a period, for the store and for a parent run.
    package var words: String {
        switch self {
        case .engine(let error): error.message
        case .journal(let error): error.message
        case .limit(let limit): "the limit of \(limit) is reached"
        case .toolErrors(let text), .outcomeUnknown(let text), .notDone(let text): text
        case .notUnderstood(let misunderstanding): misunderstanding.message
        case .unknownAgent(let name, let known): "there is no agent \(name); there are \(known.joined(separator: ", "))"
        case .interrupted: "interrupted"
        }
    }
}
