package import BatchQueue
package import FoundationEssentials
package import JSON

/// What came of one item.
package struct BatchResult: Sendable, Hashable {
    /// From 0, in the order of the input.
    package var position: Int
    package var name: String
    package var state: BatchItemState
    /// What was heard in a recording.
    package var transcript: String?
    package var answer: String?
    /// Why it failed, was parked or skipped.
    package var error: String?
    /// Lower-case UUID text.
    package var run: String?
    package var model: String?
    package var attempts: Int
    package var inputTokens: Int
    package var outputTokens: Int
    /// In US dollars; nil when the price is not known.
    package var cost: Double?
    /// Each tool call: name, state, milliseconds.
    package var tools: JSON
    package var startedAt: Date?
    package var finishedAt: Date?

    package var stateName: String { state.rawValue }
    /// It failed, or needs an approval.
    package var isTroubled: Bool { state == .failed || state == .parked }

    package init(
        position: Int, name: String, state: BatchItemState, transcript: String? = nil, answer: String? = nil,
        error: String? = nil, run: String? = nil, model: String? = nil, attempts: Int = 0, inputTokens: Int = 0,
        outputTokens: Int = 0,
        cost: Double? = nil, tools: JSON = [], startedAt: Date? = nil, finishedAt: Date? = nil
    ) {
        self.position = position
        self.name = name
        self.state = state
        self.transcript = transcript
        self.answer = answer
        self.error = error
        self.run = run
        self.model = model
        self.attempts = attempts
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cost = cost
        self.tools = tools
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }
}
