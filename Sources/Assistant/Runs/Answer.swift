package import JSON

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

/// One well-formed call of a run or of its child runs, as it ended.
package struct ToolUse: Sendable {
    package let agent: String
    package let tool: String
    package let arguments: JSON
    package let state: ToolCallState
    package let took: Duration
}

/// A call that waits for an approval.
package struct ParkedCall: Sendable, Hashable {
    package let tool: String
    package let preview: String?
    package let reason: String

    package init(tool: String, preview: String?, reason: String) {
        self.tool = tool
        self.preview = preview
        self.reason = reason
    }
}

package struct RunTimings: Sendable, Hashable {
    package var recall: Duration = .zero
    /// In model calls.
    package var model: Duration = .zero
    /// In tools, the time a person took to approve included.
    package var tools: Duration = .zero
    package var total: Duration = .zero

    package init() {}
}

/// Why a run did not end `done`.
package enum RunFailure: Error, Sendable, Hashable {
    case engine(EngineError)
    case journal(JournalError)
    /// Which limit, in words.
    case limit(String)
    /// The model kept calling what cannot be called.
    case toolErrors(String)
    /// A call's outcome is unknown.
    case outcomeUnknown(String)
    case unknownAgent(String, known: [String])
    case interrupted

    /// The limit when ``SpendingLimit`` allows no more.
    package static let sharedMoney = "the money that all runs share"
}
