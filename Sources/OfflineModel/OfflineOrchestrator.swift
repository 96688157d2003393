internal import Assistant
internal import Settings
internal import Tools

/// The orchestrator's part: recall and help by itself, the rest by a delegate that gets the request as it is.
struct OfflineOrchestrator: Sendable {
    let intent: Intent
    let language: Language

    func move(_ turn: OfflineTurn) -> OfflineMove {
        let wording = OfflineWording(language: language)
        if let agent = intent.agent {
            guard let report = turn.outputs.last else {
                return .call(agent.name, Arguments(AgentDelegateTool.task.set(turn.text)))
            }
            return .answer(report.text.hasPrefix("error: ") ? wording.failed(report.text) : report.text)
        }
        switch intent {
        case .recall(let topic):
            guard let output = turn.outputs.last else {
                return .call(
                    MemorySearch.declaration.name,
                    Arguments(MemorySearch.query.set(topic), MemorySearch.limit.set(8)))
            }
            let found = turn.result(of: MemorySearch.self)
            return .answer(found.map { wording.recall($0, topic: topic) } ?? wording.failed(output.text))
        case .help: return .answer(wording.help)
        case .incomplete(let missing): return .answer(wording.missing(missing))
        default: return .answer(wording.unknown)
        }
    }
}
