/// A model that answers a conversation, with text or with tool calls: OpenAI's, any server that speaks its
/// protocol, or the offline planner.
package protocol ChatModel: Sendable {
    /// The name that is stored with every step, such as `gpt-4.1-mini`.
    var name: String { get }

    /// A longer tool result is shown with its head only, to be paged.
    var maxResultTokens: Int { get }

    /// Answers one conversation. `onText` gets the text as it arrives, in order; the whole text is also in the
    /// response. Throws ``EngineError``, also when a streamed answer breaks off: never a shorter answer.
    func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse
}

extension ChatModel {
    package var maxResultTokens: Int { 2_000 }
}
