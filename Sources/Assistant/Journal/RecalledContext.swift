package import FoundationEssentials

/// What is remembered for a request, ready for the model.
package struct RecalledContext: Sendable, Hashable {
    /// The session's last whole turns, oldest first: user and assistant messages.
    package var turns: [RecalledMessage]
    /// Hits from elsewhere in the repository's history, best first.
    package var hits: [RecalledMessage]

    package init(turns: [RecalledMessage] = [], hits: [RecalledMessage] = []) {
        self.turns = turns
        self.hits = hits
    }
}

package struct RecalledMessage: Sendable, Hashable {
    package enum Role: String, Sendable, Hashable { case user, assistant }

    package var run: RunID
    package var role: Role
    package var content: String
    package var createdAt: Date

    package init(run: RunID, role: Role, content: String, createdAt: Date) {
        self.run = run
        self.role = role
        self.content = content
        self.createdAt = createdAt
    }
}
