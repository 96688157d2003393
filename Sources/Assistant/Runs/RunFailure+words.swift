extension RunFailure {
    /// One sentence without a period, for the store and for a parent run.
    package var words: String {
        switch self {
        case .engine(let error): error.message
        case .journal(let error): error.message
        case .limit(let limit): "the limit of \(limit) is reached"
        case .toolErrors(let text), .outcomeUnknown(let text): text
        case .unknownAgent(let name, let known): "there is no agent \(name); there are \(known.joined(separator: ", "))"
        case .interrupted: "interrupted"
        }
    }
}
