package import Assistant
internal import FoundationEssentials
internal import JSON
internal import Settings

/// A deterministic model in the binary: maps a known set of requests, in English and Spanish, to the tool calls
/// a language model would make, and words the answer from their results. It goes through the same loop, policy
/// and journal as any model.
package struct OfflinePlanner: ChatModel {
    private let now: @Sendable () -> Date

    package init() { now = { .now } }

    /// With a clock of its own, for tests.
    init(now: @escaping @Sendable () -> Date) { self.now = now }

    package static let name = "offline-planner"

    package var name: String { Self.name }

    /// It words its answer from whole results and pays for no token.
    package var maxResultTokens: Int { 50_000 }

    package func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        let turn = OfflineTurn(request.messages)
        switch move(turn, tools: Set(request.tools.map(\.name))) {
        case .answer(let text):
            onText(text)
            return ChatResponse(text: text, model: name)
        case .call(let tool, let arguments):
            let call = ToolCall(
                id: "call_\(turn.outputs.count + 1)", name: tool, arguments: arguments.json.description)
            return ChatResponse(text: nil, calls: [call], finishReason: "tool_calls", model: name)
        }
    }

    private func move(_ turn: OfflineTurn, tools: Set<String>) -> OfflineMove {
        let language = Language(of: RequestWords(turn.text))
        guard !tools.isEmpty else {
            return .answer(
                language.pick("A limit was reached before I could finish.", "Se alcanzó un límite antes de terminar."))
        }
        let intent = IntentReader(turn.text, now: now()).intent()
        // Who can delegate is the orchestrator.
        return tools.contains(AgentRoster.gitAdmin.name)
            ? OfflineOrchestrator(intent: intent, language: language).move(turn)
            : OfflineAgent(intent: intent, language: language, tools: tools).move(turn)
    }
}
