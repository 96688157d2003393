internal import Assistant
package import FoundationEssentials
internal import Postgres
package import Store

/// Which messages to list.
package struct HistoryFilter: Sendable, Hashable {
    package var repository: String?
    /// A session's key.
    package var session: String?
    package var since: Date?
    /// The latest so many.
    package var limit: Int

    package init(repository: String? = nil, session: String? = nil, since: Date? = nil, limit: Int = 50) {
        self.repository = repository
        self.session = session
        self.since = since
        self.limit = limit
    }
}

/// One session in a list.
package struct StoredSession: Sendable, Hashable {
    package var id: UUID
    package var key: String
    package var title: String
    package var repository: String?
    package var source: String
    package var turns: Int
    package var messages: Int
    package var createdAt: Date
    package var lastAt: Date
}

extension MemoryStore {
    /// Messages, the newest last. An unknown session key is `notFound`.
    package func history(_ filter: HistoryFilter = HistoryFilter()) async throws(StoreError) -> [StoredMessage] {
        var conditions = ["m.user_id = $1::text"]
        var parameters: [PostgresValue] = [.text(user)]
        func add(_ condition: (String) -> String, _ value: PostgresValue) {
            parameters.append(value)
            conditions.append(condition("$\(parameters.count)"))
        }
        if let key = filter.session {
            add({ "m.chat_session_id = \($0)::uuid" }, .uuid(try await sessionID(key: key)))
        }
        if let repository = filter.repository { add({ "m.repository = \($0)::text" }, .visible(repository)) }
        if let since = filter.since { add({ "m.created_at >= \($0)::timestamptz" }, .timestamptz(since)) }
        parameters.append(.int8(Int64(max(0, filter.limit))))
        let statement = PostgresStatement(
            """
            \(StoredMessage.selection) WHERE \(conditions.joined(separator: " AND "))
            ORDER BY m.created_at DESC, m.id DESC LIMIT $\(parameters.count)::int8
            """, parameters)
        let messages = try await statements.values(statement, while: "the history was read") {
            row throws(StoreError) in try StoredMessage(row)
        }
        return messages.reversed()
    }

    /// Sessions, the one used last first.
    package func sessions(repository: String? = nil, limit: Int = 50) async throws(StoreError) -> [StoredSession] {
        let statement = PostgresStatement(
            """
            SELECT s.id, s.key, s.title, s.repository, s.source, s.created_at, s.last_at,
                (SELECT count(*) FROM messages m WHERE m.chat_session_id = s.id) AS messages,
                (SELECT count(*) FROM messages m WHERE m.chat_session_id = s.id AND m.role = 'user') AS turns
            FROM chat_sessions s
            WHERE s.user_id = $1::text AND ($2::text IS NULL OR s.repository = $2::text)
            ORDER BY s.last_at DESC, s.id DESC LIMIT $3::int8
            """, [.text(user), .visible(repository), .int8(Int64(max(0, limit)))])
        var sessions: [StoredSession] = []
        for row in try await rows(statement, while: "the sessions were read") {
            let reader = RowReader(row, while: "the sessions were read")
            sessions.append(
                StoredSession(
                    id: try reader.uuid("id"), key: try reader.text("key"), title: try reader.text("title"),
                    repository: try reader.optionalText("repository"), source: try reader.text("source"),
                    turns: try reader.integer("turns"), messages: try reader.integer("messages"),
                    createdAt: try reader.date("created_at"), lastAt: try reader.date("last_at")))
        }
        return sessions
    }

    func sessionID(key: String) async throws(StoreError) -> UUID {
        let statement = PostgresStatement(
            "SELECT id FROM chat_sessions WHERE user_id = $1::text AND key = $2::text", [.text(user), .visible(key)])
        guard let row = try await rows(statement, while: "a session was looked up").first else {
            throw StoreError(.notFound, "There is no session \(key): `vocero sessions` lists them.")
        }
        return try RowReader(row, while: "a session was looked up").uuid("id")
    }
}
