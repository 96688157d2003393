package import Assistant
internal import FoundationEssentials
internal import JSON

/// A deterministic model in the binary: maps a known set of requests, in English and Spanish, to the tool calls
/// a language model would make, and words the answer from their results. It goes through the same loop, policy
/// and journal as any model.
package struct OfflinePlanner: ChatModel {
    private let now: @Sendable () -> Date

    package init() { now = { .now } }

    /// With a clock of its own, for tests.
    init(now: @escaping @Sendable () -> Date) { self.now = now }

    package var name: String { "offline-planner" }

    /// It words its answer from whole results and pays for no token.
    package var maxResultTokens: Int { 50_000 }

    package func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        let turn = OfflineTurn(request.messages)
        let language = RequestLanguage(of: RequestWords(turn.text))
        let intent = IntentReader(turn.text, now: now()).intent()
        let move: OfflineMove
        if request.tools.isEmpty {
            move = .answer(
                language.pick("A limit was reached before I could finish.", "Se alcanzó un límite antes de terminar."))
        } else if request.tools.contains(where: { $0.name == "github_admin" }) {
            move = OfflineOrchestrator(intent: intent, language: language).move(turn)
        } else {
            move = OfflineAgent(intent: intent, language: language, tools: Set(request.tools.map(\.name))).move(turn)
        }
        switch move {
        case .answer(let text):
            onText(text)
            return ChatResponse(text: text, model: name)
        case .call(let tool, let arguments):
            let call = ToolCall(id: "call_\(turn.outputs.count + 1)", name: tool, arguments: arguments.description)
            return ChatResponse(text: nil, calls: [call], finishReason: "tool_calls", model: name)
        }
    }
}

/// What the planner does next.
enum OfflineMove: Sendable, Hashable {
    case call(String, JSON)
    case answer(String)
}

/// The last request of a conversation and what its calls gave so far.
struct OfflineTurn: Sendable {
    struct Output: Sendable {
        let tool: String
        let text: String

        /// Nil when the tool failed or its result was cut.
        var json: JSON? { try? JSON(parsing: text) }
    }

    let text: String
    let outputs: [Output]

    init(_ messages: [ChatMessage]) {
        var text = ""
        var names: [String: String] = [:]
        var outputs: [Output] = []
        for message in messages {
            switch message {
            case .user(let words):
                text = words
                outputs = []
            case .assistant(_, let calls):
                for call in calls { names[call.id] = call.name }
            case .tool(let id, let content):
                outputs.append(Output(tool: names[id] ?? "", text: content))
            case .system: break
            }
        }
        // Attached files come behind the request and are not part of it.
        self.text = text.firstRange(of: "\n\n<file name=").map { String(text[..<$0.lowerBound]) } ?? text
        self.outputs = outputs
    }

    /// The result of a tool, when it was called and gave JSON.
    func result(of tool: String) -> JSON? { outputs.last { $0.tool == tool }?.json }

    func called(_ tool: String) -> Bool { outputs.contains { $0.tool == tool } }
}

/// The orchestrator's part: recall and help by itself, the rest by a delegate that gets the request as it is.
struct OfflineOrchestrator: Sendable {
    let intent: Intent
    let language: RequestLanguage

    func move(_ turn: OfflineTurn) -> OfflineMove {
        let wording = OfflineWording(language: language)
        if let agent = intent.agent {
            guard let report = turn.outputs.last else { return .call(agent, ["task": .string(turn.text)]) }
            return .answer(report.text.hasPrefix("error: ") ? wording.failed(report.text) : report.text)
        }
        switch intent {
        case .recall(let topic):
            guard let output = turn.outputs.last else {
                return .call("memory_search", ["query": .string(topic), "limit": 8])
            }
            return .answer(output.json.map { wording.recall($0, topic: topic) } ?? wording.failed(output.text))
        case .help: return .answer(wording.help)
        case .incomplete(let missing): return .answer(wording.missing(missing))
        default: return .answer(wording.unknown)
        }
    }
}
