package import FoundationEssentials

package struct RunOpening: Sendable, Hashable {
    package var run: RunID
    package var messageID: UUID
    package var text: String
    package var source: Source
    package var mode: Mode
    package var agent: String
    package var session: SessionSelection
    package var repository: String?
    package var model: String
    package var limits: RunLimits
    package var startedAt: Date

    package init(
        run: RunID, messageID: UUID, text: String, source: Source, mode: Mode, agent: String,
        session: SessionSelection, repository: String?, model: String, limits: RunLimits, startedAt: Date
    ) {
        self.run = run
        self.messageID = messageID
        self.text = text
        self.source = source
        self.mode = mode
        self.agent = agent
        self.session = session
        self.repository = repository
        self.model = model
        self.limits = limits
        self.startedAt = startedAt
    }
}
