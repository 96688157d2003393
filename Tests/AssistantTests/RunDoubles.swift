import Assistant
import FoundationEssentials
import JSON
import Synchronization

/// Answers from a list, and keeps what it was asked.
final class ScriptedModel: ChatModel {
    let name = "scripted"
    private let state: Mutex<(answers: [ChatResponse], requests: [ChatRequest])>

    init(_ answers: [ChatResponse]) { state = Mutex((answers, [])) }

    var requests: [ChatRequest] { state.withLock { $0.requests } }

    func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        let answer = state.withLock { state -> ChatResponse? in
            state.requests.append(request)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        guard let answer else { throw EngineError(.unavailable, "the script is over") }
        if let text = answer.text { onText(text) }
        return answer
    }

    static func text(_ text: String) -> ChatResponse { ChatResponse(text: text, model: "scripted") }

    static func calls(_ calls: (String, String)...) -> ChatResponse {
        let made = calls.enumerated().map { ToolCall(id: "c\($0.offset)", name: $0.element.0, arguments: $0.element.1) }
        return ChatResponse(text: nil, calls: made, finishReason: "tool_calls", model: "scripted")
    }
}

/// Keeps the records in order; can be told to be away from some moment on.
final class ListJournal: Journal {
    enum Entry: Equatable {
        case begin(String), step(Int), call(String, ToolCallState), child(String), finish(RunState, String?)
    }

    private let state = Mutex<(entries: [Entry], failsAfter: Int?)>(([], nil))

    init(failsAfter: Int? = nil) { state.withLock { $0.failsAfter = failsAfter } }

    var entries: [Entry] { state.withLock { $0.entries } }

    private func add(_ entry: Entry) throws(JournalError) {
        let isAway = state.withLock { state -> Bool in
            if let most = state.failsAfter, state.entries.count >= most { return true }
            state.entries.append(entry)
            return false
        }
        if isAway { throw JournalError(.unavailable, "the store is away") }
    }

    func begin(_ opening: RunOpening) async throws(JournalError) -> OpenedRun {
        try add(.begin(opening.text))
        return OpenedRun(
            run: opening.run, sessionID: UUID(), sessionKey: "key", repository: opening.repository,
            messageID: opening.messageID)
    }

    func recall(for run: OpenedRun, text: String, tokenBudget: Int) async throws(JournalError) -> RecalledContext {
        RecalledContext()
    }

    func record(step: StepRecord) async throws(JournalError) { try add(.step(step.index)) }
    func record(call: ToolCallRecord) async throws(JournalError) { try add(.call(call.call.name, call.state)) }
    func beginChild(_ child: ChildRunOpening) async throws(JournalError) { try add(.child(child.agent)) }
    func finish(_ closing: RunClosing) async throws(JournalError) { try add(.finish(closing.state, closing.answer)) }
}

/// A tool whose effect is counted.
final class CountingTool: Tool {
    private static let path = Parameter<String?>("path", "A path.", .mayBeEmpty)

    let declaration: ToolDeclaration
    private let output: Result<String, ToolError>
    private let performed = Atomic(0)

    init(_ name: String, _ effect: EffectClass, output: Result<String, ToolError> = .success("{}")) {
        declaration = ToolDeclaration(
            name, name, families: [effect.isRead ? .fileReading : .fileWriting], effect: effect, recovery: .opaque,
            parameters: [Self.path])
        self.output = output
    }

    var count: Int { performed.load(ordering: .relaxed) }

    func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall {
        let subject = PolicySubject(repository: "acme/demo", paths: arguments[Self.path].map { [$0] } ?? [])
        return PreparedCall(intent: arguments.json, subject: subject, preview: "+ a line") {
            () async throws(ToolError) in
            self.performed.add(1, ordering: .relaxed)
            return ToolResult(try self.output.get())
        }
    }
}

/// Decides the same each time.
struct FixedApprover: Approver {
    let decision: ApprovalDecision

    func decide(_ request: ApprovalRequest) async -> ApprovalDecision { decision }
}

extension Assistant {
    /// With one agent that has exactly these tools.
    static func forTest(
        _ model: ScriptedModel, tools: [any Tool] = [], journal: any Journal = ListJournal(), policy: Policy = Policy(),
        approval: ApprovalDecision = .denied(nil), uses: (any UseLimit)? = nil,
        redact: @escaping @Sendable (String) -> String = { $0 }
    ) -> Assistant {
        let families: [ToolFamily] = [.fileReading, .fileWriting, .results]
        let helper = Agent(name: "helper", summary: "Helps.", instructions: "Help.", families: families)
        let boss = Agent(name: "boss", summary: "Leads.", instructions: "Lead.", families: families)
        return Assistant(
            model: model, roster: AgentRoster(orchestrator: boss, delegates: [helper]), tools: tools, journal: journal,
            policy: policy, approver: FixedApprover(decision: approval), uses: uses, redact: redact)
    }
}
