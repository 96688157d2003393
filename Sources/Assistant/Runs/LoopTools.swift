internal import JSON

/// Tools that the loop itself answers. Marks a delegate, which only the orchestrator sees.
protocol DelegateTool: Tool {}

/// Hands a task to another agent as a child run. It reads only: what the child writes is decided on there.
struct AgentDelegateTool: DelegateTool {
    let agent: Agent
    let delegate: @Sendable (_ task: String, _ callID: String) async throws(ToolError) -> ToolResult

    var description: ToolDescription {
        ToolDescription(
            name: agent.name, summary: agent.summary,
            parameters: [
                "type": "object", "required": ["task"],
                "properties": [
                    "task": [
                        "type": "string", "minLength": 1, "description": "The whole task, in the person's language.",
                    ]
                ],
            ])
    }

    // Delegates take turns: their writes must come in the order of the calls.
    var effect: EffectClass { .readLocal }
    var recovery: RecoveryClass { .opaque }

    func prepare(_ arguments: JSON) async throws(ToolError) -> PreparedCall {
        let task = arguments["task"]?.string ?? ""
        let delegate = delegate
        return PreparedCall(intent: ["agent": .string(agent.name), "task": .string(task)]) {
            () async throws(ToolError) in
            try await delegate(task, CurrentCall.value?.callID ?? "")
        }
    }
}

/// Reads on in a result that was cut.
struct ResultReadTool: Tool {
    let results: ResultPager

    var description: ToolDescription { ResultPager.description }
    var effect: EffectClass { .readLocal }
    var recovery: RecoveryClass { .read }

    func prepare(_ arguments: JSON) async throws(ToolError) -> PreparedCall {
        let results = results
        return PreparedCall(intent: arguments) { () async throws(ToolError) in
            ToolResult(try results.read(arguments))
        }
    }
}
