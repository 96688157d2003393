package enum ToolCallState: String, Sendable, Hashable, CaseIterable {
    /// Waits for an approval that could not be asked for.
    case parked
    case denied
    /// Arguments or tool were wrong: nothing was tried.
    case invalid
    case executing
    case succeeded
    case failed
    /// It was carried out or not: nobody knows.
    case unknown
}
