package import FoundationEssentials

package struct ChildRunOpening: Sendable, Hashable {
    package var run: RunID
    package var parent: RunID
    /// The model's id of the delegate call in the parent.
    package var parentCallID: String
    package var agent: String
    package var task: String
    package var model: String
    package var limits: RunLimits
    package var startedAt: Date

    package init(
        run: RunID, parent: RunID, parentCallID: String, agent: String, task: String, model: String,
        limits: RunLimits, startedAt: Date
    ) {
        self.run = run
        self.parent = parent
        self.parentCallID = parentCallID
        self.agent = agent
        self.task = task
        self.model = model
        self.limits = limits
        self.startedAt = startedAt
    }
}
