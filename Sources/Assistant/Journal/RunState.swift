package enum RunState: String, Sendable, Hashable, CaseIterable {
    case running
    case done
    case failed
    /// A call waits for an approval.
    case parked
    /// A limit was reached; can be resumed.
    case limited
    case interrupted
    /// A call's outcome is unknown.
    case unknown
}
