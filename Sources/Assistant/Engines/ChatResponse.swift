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
    /// It does not follow the request, and why; ``text`` says the same.
    package var refusal: Refusal?

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
