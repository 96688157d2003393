package import Assistant
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
