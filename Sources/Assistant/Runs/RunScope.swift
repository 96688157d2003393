/// One run: the root or a delegate's.
struct RunScope: Sendable {
    let run: RunID
    let agent: Agent
    let isRoot: Bool
}
