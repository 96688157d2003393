package import JSON

/// What happens in a run, as it happens.
package enum RunEvent: Sendable {
    case started(run: RunID, sessionKey: String)
    case recalled(turns: Int, hits: Int)
    /// Text of the answer as it arrives; only of the root run.
    case text(String)
    case callStarted(agent: String, tool: String, arguments: JSON)
    case callFinished(agent: String, tool: String, state: ToolCallState, summary: String, took: Duration)
}
