package import Assistant
package import FoundationEssentials
internal import Store

/// One message as it is remembered.
package struct StoredMessage: Sendable, Hashable, Identifiable {
    package var id: UUID
    package var run: RunID
    package var sessionKey: String
    package var repository: String?
    package var role: RecalledMessage.Role
    package var content: String
    package var createdAt: Date
    package var tokens: Int
    /// The model of its embedding; nil until it has one.
    package var embeddingModel: String?

    static let selection = """
        SELECT m.id, m.run_id, s.key AS session_key, m.repository, m.role, m.content, m.content_bytes, m.created_at,
            m.tokens, m.embedding_model
        FROM messages m JOIN chat_sessions s ON s.id = m.chat_session_id
        """

    init(_ reader: RowReader) throws(StoreError) {
        id = try reader.uuid("id")
        run = RunID(try reader.uuid("run_id"))
        sessionKey = try reader.text("session_key")
        repository = try reader.optionalText("repository")
        role = try reader.text("role") == "user" ? .user : .assistant
        content = try reader.content()
        createdAt = try reader.date("created_at")
        tokens = try reader.integer("tokens")
        embeddingModel = try reader.optionalText("embedding_model")
    }
}
