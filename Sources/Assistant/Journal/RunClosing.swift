package import FoundationEssentials

package struct RunClosing: Sendable, Hashable {
    package var run: RunID
    package var state: RunState
    package var messageID: UUID
    /// The assistant's message; nil for a child run's and when there is none.
    package var answer: String?
    package var usage: Usage
    package var costInUSD: Double?
    /// Why it failed or stopped.
    package var reason: String?
    package var endedAt: Date

    package init(
        run: RunID, state: RunState, messageID: UUID, answer: String?, usage: Usage, costInUSD: Double?,
        reason: String?, endedAt: Date
    ) {
        self.run = run
        self.state = state
        self.messageID = messageID
        self.answer = answer
        self.usage = usage
        self.costInUSD = costInUSD
        self.reason = reason
        self.endedAt = endedAt
    }
}
