/// One question to a ``ChatModel``.
package struct ChatRequest: Sendable, Hashable {
    package var messages: [ChatMessage]
    /// The tools the model may call; none forbids calls.
    package var tools: [ToolDescription]
    package var maxOutputTokens: Int?

    package init(messages: [ChatMessage], tools: [ToolDescription], maxOutputTokens: Int? = nil) {
        self.messages = messages
        self.tools = tools
        self.maxOutputTokens = maxOutputTokens
    }
}
