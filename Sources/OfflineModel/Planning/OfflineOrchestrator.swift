internal import Assistant
internal import Tools

/// The orchestrator's part: what was asked before by itself, the rest by a delegate that gets the request as it is.
struct OfflineOrchestrator: Sendable {
    let plan: RequestPlan

    func move(_ turn: OfflineTurn) -> OfflineMove {
        if let agent = IntentAgents.agent(for: plan.reading.intent.name) {
            guard let report = turn.outputs.last else {
                return .call(agent.name, Arguments(AgentDelegateTool.task.set(turn.text)))
            }
            guard report.text.hasPrefix("error: ") else { return .answer(report.text) }
            return .refuse(.notDone(String(report.text.dropFirst(7))))
        }
        let wording = plan.wording
        if plan.reading.intent.name == "history" {
            let limit = min(max(1, plan.number("count") ?? 10), 200)
            return asked(turn, MemoryHistory.self, MemoryHistory.limit.set(limit)) { wording.requests($0) }
        }
        let topic = plan.text("topic") ?? ""
        return asked(turn, MemorySearch.self, MemorySearch.query.set(topic), MemorySearch.limit.set(8)) {
            wording.recall($0, topic: topic)
        }
    }

    private func asked<Asked: DeclaredTool>(
        _ turn: OfflineTurn, _ tool: Asked.Type, _ arguments: GivenArgument..., wording words: (Asked.Output) -> String
    ) -> OfflineMove {
        guard let output = turn.outputs.last else {
            return plan.call(tool, Arguments(arguments))
        }
        if let found = turn.result(of: tool) { return .answer(words(found)) }
        return RequestPlan.ending(output.text, plan.wording)
    }
}
