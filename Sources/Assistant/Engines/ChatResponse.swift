/// What a model answered.
package struct ChatResponse: Sendable, Hashable {
    package var text: String?
    package var calls: [ToolCall]
    /// The endpoint's word; see ``ending``.
    package var finishReason: String
    package var usage: Usage
    /// The model the server says it used.
    package var model: String
    /// `x-request-id` of the answer, where the server sent one.
    package var requestID: String?
    /// What goes back to the endpoint with this message.
    package var given: EndpointMembers?
    /// How often the question was sent before, and may have been answered and charged: the answers were lost.
    package var lostAnswers = 0
    /// It does not follow the request, and why; ``text`` says the same.
    package var refusal: Refusal?

    package init(
        text: String?, calls: [ToolCall] = [], finishReason: String = "stop", usage: Usage = Usage(), model: String,
        requestID: String? = nil, given: EndpointMembers? = nil
    ) {
        self.text = text
        self.calls = calls
        self.finishReason = finishReason
        self.usage = usage
        self.model = model
        self.requestID = requestID
        self.given = given
    }

    package var ending: AnswerEnding { AnswerEnding(word: finishReason) }
}
