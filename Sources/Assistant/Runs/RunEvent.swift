package import JSON

/// Sees a run as it happens; the terminal and `--json` event lines fulfil it. Called in order, must not block.
package protocol RunObserver: Sendable {
    func observe(_ event: RunEvent)
}

package enum RunEvent: Sendable {
    case started(run: RunID, sessionKey: String)
    case recalled(turns: Int, hits: Int)
    /// Text of the answer as it arrives; only of the root run.
    case text(String)
    case callStarted(agent: String, tool: String, arguments: JSON)
    case callFinished(agent: String, tool: String, state: ToolCallState, summary: String, took: Duration)
}

/// Observes nothing.
package struct SilentObserver: RunObserver {
    package init() {}
    package func observe(_ event: RunEvent) {}
}
