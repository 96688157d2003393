package import JSON

/// One well-formed call of a run or of its child runs, as it ended.
package struct ToolUse: Sendable {
    package let agent: String
    package let tool: String
    package let arguments: JSON
    package let state: ToolCallState
    package let took: Duration
}
