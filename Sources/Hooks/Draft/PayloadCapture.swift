package import Assistant
internal import FoundationEssentials
internal import Synchronization

/// Stands in for a model when somebody wants to see what would be sent: keeps each request, sends nothing.
package final class PayloadCapture: ChatModel {
    package let name: String
    private let kept = Mutex<[ChatRequest]>([])

    package init(name: String) { self.name = name }

    /// In the order in which they were made.
    package var requests: [ChatRequest] { kept.withLock { $0 } }

    package func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        kept.withLock { $0.append(request) }
        return ChatResponse(text: "[the model's summary]", model: name)
    }
}

/// A journal that keeps nothing, for runs in which nothing is said.
package struct UnkeptJournal: Journal {
    package init() {}

    package func begin(_ opening: RunOpening) async throws(JournalError) -> OpenedRun {
        OpenedRun(
            run: opening.run, sessionID: UUID(), sessionKey: "", repository: opening.repository,
            messageID: opening.messageID)
    }

    package func recall(
        for run: OpenedRun, text: String, tokenBudget: Int
    ) async throws(JournalError) -> RecalledContext { RecalledContext() }
    package func record(step: StepRecord) async throws(JournalError) {}
    package func record(call: ToolCallRecord) async throws(JournalError) {}
    package func beginChild(_ child: ChildRunOpening) async throws(JournalError) {}
    package func finish(_ closing: RunClosing) async throws(JournalError) {}
}
