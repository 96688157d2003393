package import FoundationEssentials

package struct OpenedRun: Sendable, Hashable {
    package var run: RunID
    package var sessionID: UUID
    package var sessionKey: String
    package var repository: String?
    package var messageID: UUID

    package init(run: RunID, sessionID: UUID, sessionKey: String, repository: String?, messageID: UUID) {
        self.run = run
        self.sessionID = sessionID
        self.sessionKey = sessionKey
        self.repository = repository
        self.messageID = messageID
    }
}
