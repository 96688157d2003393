package import FoundationEssentials
package import JSON
internal import Memory

/// A session in a list.
package struct SessionView: Sendable {
    package let key: String
    package let title: String
    package let repository: String?
    package let source: String
    package let turns: Int
    package let messages: Int
    package let createdAt: Date
    package let lastAt: Date

    init(_ session: StoredSession) {
        key = session.key
        title = session.title
        repository = session.repository
        source = session.source
        turns = session.turns
        messages = session.messages
        createdAt = session.createdAt
        lastAt = session.lastAt
    }

    package var json: JSON {
        [
            "key": .string(key), "title": .string(title), "repository": .optional(repository),
            "source": .string(source), "turns": .integer(turns), "messages": .integer(messages),
            "created_at": .time(createdAt), "last_at": .time(lastAt),
        ]
    }
}
