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

/// One message of a conversation. An assistant message with calls is followed by one `tool` message a call.
package enum ChatMessage: Sendable, Hashable {
    case system(String)
    case user(String)
    case assistant(text: String?, calls: [ToolCall])
    case tool(callID: String, content: String)
}

/// A call as the model wrote it.
package struct ToolCall: Sendable, Hashable {
    /// The model's id, which pairs the call with its output.
    package let id: String
    package let name: String
    /// JSON text, as received: it may be invalid.
    package let arguments: String

    package init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}

/// What a model answered.
package struct ChatResponse: Sendable, Hashable {
    package var text: String?
    package var calls: [ToolCall]
    package var finishReason: String
    package var usage: Usage
    /// The model the server says it used.
    package var model: String
    /// `x-request-id` of the answer, where the server sent one.
    package var requestID: String?

    package init(
        text: String?, calls: [ToolCall] = [], finishReason: String = "stop", usage: Usage = Usage(), model: String,
        requestID: String? = nil
    ) {
        self.text = text
        self.calls = calls
        self.finishReason = finishReason
        self.usage = usage
        self.model = model
        self.requestID = requestID
    }
}

/// Tokens that were paid for.
package struct Usage: Sendable, Hashable {
    package var inputTokens: Int
    /// The part of `inputTokens` that the server had in its cache.
    package var cachedInputTokens: Int
    /// The part of `inputTokens` that the server put into its cache: some models charge more for it.
    package var cacheWriteTokens: Int
    package var outputTokens: Int

    package init(
        inputTokens: Int = 0, cachedInputTokens: Int = 0, cacheWriteTokens: Int = 0, outputTokens: Int = 0
    ) {
        self.inputTokens = inputTokens
        self.cachedInputTokens = cachedInputTokens
        self.cacheWriteTokens = cacheWriteTokens
        self.outputTokens = outputTokens
    }

    package var totalTokens: Int { inputTokens + outputTokens }

    package static func + (left: Usage, right: Usage) -> Usage {
        Usage(
            inputTokens: left.inputTokens + right.inputTokens,
            cachedInputTokens: left.cachedInputTokens + right.cachedInputTokens,
            cacheWriteTokens: left.cacheWriteTokens + right.cacheWriteTokens,
            outputTokens: left.outputTokens + right.outputTokens)
    }
}
