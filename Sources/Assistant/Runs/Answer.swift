/// What came of a request, whether it ended well or not.
package struct Answer: Sendable {
    package var run: RunID
    /// Nil when the run could not be opened.
    package var sessionKey: String?
    package var state: RunState
    /// What is said to the person; nil when there is nothing but a failure.
    package var text: String?
    package var tools: [ToolUse]
    package var usage: Usage
    /// Nil when a model's price is not known.
    package var costInUSD: Double?
    package var timings: RunTimings
    package var failure: RunFailure?
    package var parked: [ParkedCall]

    package init(
        run: RunID, sessionKey: String?, state: RunState, text: String?, tools: [ToolUse], usage: Usage,
        costInUSD: Double?, timings: RunTimings, failure: RunFailure?, parked: [ParkedCall]
    ) {
        self.run = run
        self.sessionKey = sessionKey
        self.state = state
        self.text = text
        self.tools = tools
        self.usage = usage
        self.costInUSD = costInUSD
        self.timings = timings
        self.failure = failure
        self.parked = parked
    }
}
