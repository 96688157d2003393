internal import JSON

/// A tool that is another agent. Only the orchestrator sees it.
protocol DelegateTool: Tool {}

/// Hands a task to another agent as a child run. It reads only: what the child writes is decided on there.
package struct AgentDelegateTool: DelegateTool {
    package static let task = Parameter<String>("task", "The whole task, in the person's language.")

    package let declaration: ToolDeclaration
    private let delegate: @Sendable (_ task: String, _ callID: String) async throws(ToolError) -> ToolResult

    init(
        _ agent: Agent,
        delegate: @escaping @Sendable (_ task: String, _ callID: String) async throws(ToolError) -> ToolResult
    ) {
        // Delegates take turns all the same: their writes must come in the order of the calls.
        declaration = ToolDeclaration(
            agent.name, agent.summary, families: [], effect: .readLocal, recovery: .opaque, parameters: [Self.task])
        self.delegate = delegate
    }

    package func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall {
        let task = arguments[Self.task]
        let delegate = delegate
        return PreparedCall(intent: ["agent": .string(declaration.name), "task": .string(task)]) {
            () async throws(ToolError) in
            try await delegate(task, CurrentCall.value?.callID ?? "")
        }
    }
}
