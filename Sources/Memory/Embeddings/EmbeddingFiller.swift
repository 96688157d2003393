package import Assistant
internal import FoundationEssentials
internal import Postgres
internal import Retrieval
internal import Store

/// Gives messages their embeddings, beside the run that stored them or later in batches. Nothing waits for it, and
/// nothing is lost when it is cancelled: what has no embedding is found by its words, and filled the next time.
package struct EmbeddingFiller: Sendable {
    /// What one call did.
    package struct Report: Sendable, Hashable {
        package var filled = 0
        /// Taken from the cache, part of `filled`.
        package var cached = 0
        /// The endpoint refuses these texts; after five times they are left alone.
        package var refused = 0
        /// Another process fills already: nothing was done.
        package var isBusyElsewhere = false
    }

    static let batchSize = 64
    private static let mostAttempts = 5
    let store: MemoryStore
    let embedder: any Embedder

    package init(store: MemoryStore, embedder: any Embedder) {
        self.store = store
        self.embedder = embedder
    }

    /// Fills in the messages of one run. Throws when the endpoint or the store does not answer.
    @discardableResult
    package func fill(run: RunID) async throws(JournalError) -> Report {
        var report = Report()
        let messages = try await missing(of: run, limit: Self.batchSize)
        try await fill(messages, into: &report)
        return report
    }

    /// Fills in at most `limit` older messages, the latest first. One process does it at a time: a text must not
    /// be paid for twice.
    package func fillMissing(limit: Int = 1_000) async throws(JournalError) -> Report {
        var report = Report()
        let lock = FillingLock(user: store.user, model: embedder.model, pool: store.pool)
        let result = try await lock.whileHeld { () async -> Result<Report, JournalError> in
            do throws(JournalError) {
                return .success(try await fillBatches(limit))
            } catch {
                return .failure(error)
            }
        }
        if let result { return try result.get() }
        report.isBusyElsewhere = true
        return report
    }

    private func fillBatches(_ limit: Int) async throws(JournalError) -> Report {
        var report = Report()
        var left = limit
        while left > 0 {
            if Task.isCancelled { throw JournalError(.cancelled, "Filling in embeddings was cancelled.") }
            let size = min(left, Self.batchSize)
            let messages = try await missing(limit: size)
            if messages.isEmpty { break }
            let before = report
            try await fill(messages, into: &report)
            // Nothing got on: the endpoint refuses what is left, and each refusal is counted, so this ends.
            guard report != before else { break }
            left -= messages.count
        }
        return report
    }

    private struct Missing {
        let id: UUID
        let key: EmbeddingKey
    }

    private func missing(of run: RunID? = nil, limit: Int) async throws(JournalError) -> [Missing] {
        let doing = "messages without an embedding were read"
        let condition = run == nil ? "true" : "run_id = $3::uuid"
        let statement = PostgresStatement(
            """
            SELECT id, content FROM messages
            WHERE embedding IS NULL AND user_id = $1::text AND embedding_attempts < \(Self.mostAttempts)
                AND content ~ '\\S' AND \(condition)
            ORDER BY embedding_attempts, created_at DESC LIMIT $2::int4
            """, [.text(store.user), .int4(Int32(clamping: limit))] + (run.map { [.uuid($0.uuid)] } ?? []))
        return try await store.rows(statement, while: doing).map { row throws(JournalError) in
            let reader = RowReader(row, while: doing)
            return Missing(
                id: try reader.uuid("id"), key: EmbeddingKey(try reader.text("content"), purpose: .passage))
        }
    }

    private func fill(_ messages: [Missing], into report: inout Report) async throws(JournalError) {
        guard !messages.isEmpty else { return }
        var vectors = try await cached(messages)
        report.cached += messages.filter { vectors[$0.key] != nil }.count
        let unknown = Array(Set(messages.map(\.key)).filter { vectors[$0] == nil })
        let (embedded, refused) = try await embed(unknown)
        vectors.merge(embedded) { first, _ in first }
        try await save(messages, vectors: vectors, new: embedded)
        report.filled += messages.filter { vectors[$0.key] != nil }.count
        report.refused += messages.filter { refused.contains($0.key) }.count
    }

    private func cached(_ messages: [Missing]) async throws(JournalError) -> [EmbeddingKey: [Float]] {
        let doing = "embeddings were looked up"
        let byHash = Dictionary(messages.map { ($0.key.hash, $0.key) }) { first, _ in first }
        let statements = byHash.values.map { $0.lookUp(model: embedder.model) }
        var vectors: [EmbeddingKey: [Float]] = [:]
        for result in try await store.run(statements, while: doing) {
            guard let row = result.rows.first else { continue }
            let reader = RowReader(row, while: doing)
            guard let hash = try reader.optionalBytes("content_hash"), let key = byHash[hash] else { continue }
            vectors[key] = try reader.vector("embedding")
        }
        return vectors
    }

    /// Embeds texts in one request; when the endpoint refuses it, one by one, so that one bad text spoils no other.
    private func embed(
        _ keys: [EmbeddingKey]
    ) async throws(JournalError) -> (vectors: [EmbeddingKey: [Float]], refused: Set<EmbeddingKey>) {
        guard !keys.isEmpty else { return ([:], []) }
        let answers: [[Float]]
        do throws(EngineError) {
            answers = try await embedder.embed(keys.map(\.text), purpose: .passage)
        } catch {
            guard error.kind == .refused else { throw JournalError(error) }
            guard keys.count > 1 else { return ([:], Set(keys)) }
            var all: (vectors: [EmbeddingKey: [Float]], refused: Set<EmbeddingKey>) = ([:], [])
            for key in keys {
                let one = try await embed([key])
                all.vectors.merge(one.vectors) { first, _ in first }
                all.refused.formUnion(one.refused)
            }
            return all
        }
        guard answers.count == keys.count else {
            throw JournalError(
                .failed, "The embedding endpoint gave \(answers.count) vectors for \(keys.count) texts: none is stored."
            )
        }
        var vectors: [EmbeddingKey: [Float]] = [:]
        for (key, numbers) in zip(keys, answers) {
            vectors[key] = try StoredVector.make(numbers, model: embedder.model)
        }
        return (vectors, [])
    }

    /// Stores in one order everywhere, so that two processes that fill the same messages cannot wait for each other.
    private func save(
        _ messages: [Missing], vectors: [EmbeddingKey: [Float]], new: [EmbeddingKey: [Float]]
    ) async throws(JournalError) {
        var statements = messages.sorted { $0.id.uuidString < $1.id.uuidString }.map { message in
            guard let vector = vectors[message.key] else {
                return PostgresStatement(
                    """
                    UPDATE messages SET embedding_attempts = embedding_attempts + 1
                    WHERE id = $1::uuid AND embedding IS NULL
                    """, [.uuid(message.id)])
            }
            return PostgresStatement(
                """
                WITH filled AS (
                    UPDATE messages SET embedding = $2::vector, embedding_model = $3::text
                    WHERE id = $1::uuid AND embedding IS NULL RETURNING id, user_id
                )
                INSERT INTO message_bits (message_id, bits, user_id, embedding_model)
                SELECT id, $4::bit(1536), user_id, $3::text FROM filled
                ON CONFLICT (message_id) DO UPDATE SET bits = excluded.bits, embedding_model = excluded.embedding_model
                """, [.uuid(message.id), .vector(vector), .text(embedder.model), StoredVector.code(of: vector)])
        }
        statements += new.sorted { $0.key.hash.lexicographicallyPrecedes($1.key.hash) }
            .map { $0.key.save($0.value, model: embedder.model) }
        _ = try await store.run(statements, while: "embeddings were stored")
    }
}

extension JournalError {
    /// An engine's failure where the journal is spoken to.
    init(_ error: EngineError) {
        self.init(error.kind == .cancelled ? .cancelled : .failed, error.message, causes: error.causes)
    }
}
