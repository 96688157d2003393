package import Assistant
package import FoundationEssentials
internal import Postgres
package import Retrieval
package import Store

extension EmbeddedTable {
    static let messages = EmbeddedTable(
        table: "messages", text: "content", group: "run_id", order: "created_at DESC",
        codes: Codes(table: "message_bits", id: "message_id"))
}

extension EmbeddingFiller {
    /// Fills in the messages of a memory.
    package init(store: MemoryStore, embedder: any Embedder) {
        self.init(table: .messages, user: store.user, embedder: embedder, pool: store.pool)
    }

    /// Fills in the messages of one run. Throws when the store does not answer.
    @discardableResult
    package func fill(run: RunID) async throws(StoreError) -> Report { try await fill(group: run.uuid) }
}

extension MemoryStore {
    /// How many messages wait for the embedding of a model: of everything, of one repository, or, before that, of the
    /// session with a key. Zero without an embedder: nobody can fill them in.
    package func waitingForEmbedding(
        repository: String? = nil, session: String? = nil
    ) async throws(StoreError) -> Int {
        guard let embedder else { return 0 }
        let scope: SearchScope =
            if let session { .session(try await sessionID(key: session)) } else {
                repository.map { .repository($0) } ?? .everything
            }
        return try await waiting(
            EmbeddedTable.messages.waiting(
                user: user, model: embedder.model, where: scope.condition("$3"), scope.parameters))
    }

    /// The same of some runs: `selection` gives their ids, with `$3` for `parameter`.
    package func waitingForEmbedding(
        ofRuns selection: StaticString, _ parameter: UUID
    ) async throws(StoreError) -> Int {
        guard let embedder else { return 0 }
        return try await waiting(
            EmbeddedTable.messages.waiting(
                user: user, model: embedder.model, where: "m.run_id IN (\(selection))", [.uuid(parameter)]))
    }

    /// How the messages stand.
    package func embeddingCounts() async throws(StoreError) -> EmbeddingCounts {
        let doing = "messages were counted"
        let words = PostgresStatement(
            """
            SELECT count(*) AS messages,
                count(*) FILTER (WHERE embedding_model IS DISTINCT FROM $2::text AND content ~ '\\S') AS wanting
            FROM messages WHERE user_id = $1::text
            """, [.text(user), .text(embedder?.model ?? "")])
        let counts = try await statements.values(words, while: doing) { row throws(StoreError) in
            (messages: try row.integer("messages"), wanting: try row.integer("wanting"))
        }
        let waiting = try await waitingForEmbedding()
        let (messages, wanting) = counts.first ?? (0, 0)
        return EmbeddingCounts(
            messages: messages, waiting: waiting, refused: embedder == nil ? 0 : max(0, wanting - waiting))
    }

    private func waiting(_ statement: PostgresStatement) async throws(StoreError) -> Int {
        let counts = try await statements.values(statement, while: "missing embeddings were counted") {
            row throws(StoreError) in try row.integer("waiting")
        }
        return counts.first ?? 0
    }
}

/// How a memory's messages stand to the embedding model.
package struct EmbeddingCounts: Sendable, Hashable {
    package var messages: Int
    /// Without a vector of the model yet.
    package var waiting: Int
    /// The model has refused them as often as they are tried.
    package var refused: Int

    package init(messages: Int, waiting: Int, refused: Int) {
        self.messages = messages
        self.waiting = waiting
        self.refused = refused
    }
}
