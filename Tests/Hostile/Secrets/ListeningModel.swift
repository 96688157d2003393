import Assistant
import Synchronization

/// A model that writes down what it is told and says little.
final class ListeningModel: ChatModel {
    let name = "listening"
    private let words = Mutex<[String]>([])

    var heard: [String] { words.withLock { $0 } }

    func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        words.withLock { words in
            for message in request.messages {
                switch message {
                case .system(let text), .user(let text), .tool(_, let text): words.append(text)
                case .assistant(let text, _, _): words.append(text ?? "")
                }
            }
        }
        return ChatResponse(text: "Noted.", model: name)
    }
}
