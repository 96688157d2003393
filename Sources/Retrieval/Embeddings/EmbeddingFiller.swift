package import Assistant
package import FoundationEssentials
package import Postgres
internal import Store

/// Gives the texts of a table their embeddings, beside the run that stored them or later in batches. Nothing waits
/// for it, and nothing is lost when it is cancelled: what has no embedding is found by its words, and filled the next
/// time.
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

    /// Runs statements in one round trip, all or none; the text says what was done, for an error.
    package typealias Run =
        @Sendable (_ statements: [PostgresStatement], _ doing: String) async throws(JournalError) -> [PostgresResult]

    private static let batchSize = 64
    private let table: EmbeddedTable
    private let user: String
    private let embedder: any Embedder
    private let pool: PostgresPool
    private let run: Run

    /// Fills in one user's rows of a table. The pool gives the connection that holds the lock, `run` does the rest.
    package init(
        table: EmbeddedTable, user: String, embedder: any Embedder, pool: PostgresPool, run: @escaping Run
    ) {
        self.table = table
        self.user = user
        self.embedder = embedder
        self.pool = pool
        self.run = run
    }

    /// Fills in the rows of one group. Throws when the endpoint or the store does not answer.
    @discardableResult
    package func fill(group: UUID) async throws(JournalError) -> Report {
        var report = Report()
        let rows = try await missing(of: group, limit: Self.batchSize)
        try await fill(rows, into: &report)
        return report
    }

    /// Fills in at most `limit` older rows, in the table's order. One process does it at a time: a text must not
    /// be paid for twice.
    package func fillMissing(limit: Int = 1_000) async throws(JournalError) -> Report {
        var report = Report()
        let lock = FillingLock(user: user, model: embedder.model, pool: pool)
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
            let rows = try await missing(limit: size)
            if rows.isEmpty { break }
            let before = report
            try await fill(rows, into: &report)
            // Nothing got on: the endpoint refuses what is left, and each refusal is counted, so this ends.
            guard report != before else { break }
            left -= rows.count
        }
        return report
    }

    private struct Missing {
        let id: UUID
        let key: EmbeddingKey
    }

    private func missing(of group: UUID? = nil, limit: Int) async throws(JournalError) -> [Missing] {
        let doing = "\(table.table) without an embedding were read"
        let found = try await run([table.missing(user: user, group: group, limit: limit)], doing)
        return try (found.first?.rows ?? []).map { row throws(JournalError) in
            let reader = RowReader(row, while: doing)
            return Missing(
                id: try reader.uuid("id"), key: EmbeddingKey(try reader.text("content"), purpose: .passage))
        }
    }

    private func fill(_ rows: [Missing], into report: inout Report) async throws(JournalError) {
        guard !rows.isEmpty else { return }
        var vectors = try await cached(rows)
        report.cached += rows.filter { vectors[$0.key] != nil }.count
        let unknown = Array(Set(rows.map(\.key)).filter { vectors[$0] == nil })
        let (embedded, refused) = try await embed(unknown)
        vectors.merge(embedded) { first, _ in first }
        try await save(rows, vectors: vectors, new: embedded)
        report.filled += rows.filter { vectors[$0.key] != nil }.count
        report.refused += rows.filter { refused.contains($0.key) }.count
    }

    private func cached(_ rows: [Missing]) async throws(JournalError) -> [EmbeddingKey: [Float]] {
        let doing = "embeddings were looked up"
        let byHash = Dictionary(rows.map { ($0.key.hash, $0.key) }) { first, _ in first }
        let statements = byHash.values.map { $0.lookUp(model: embedder.model) }
        var vectors: [EmbeddingKey: [Float]] = [:]
        for result in try await run(statements, doing) {
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

    /// Stores in one order everywhere, so that two processes that fill the same rows cannot wait for each other.
    private func save(
        _ rows: [Missing], vectors: [EmbeddingKey: [Float]], new: [EmbeddingKey: [Float]]
    ) async throws(JournalError) {
        var statements = rows.sorted { $0.id.uuidString < $1.id.uuidString }.map { row in
            vectors[row.key].map { table.save($0, model: embedder.model, of: row.id) }
                ?? table.countRefusal(of: row.id)
        }
        statements += new.sorted { $0.key.hash.lexicographicallyPrecedes($1.key.hash) }
            .map { $0.key.save($0.value, model: embedder.model) }
        _ = try await run(statements, "embeddings were stored")
    }
}

extension JournalError {
    /// An engine's failure where the journal is spoken to.
    init(_ error: EngineError) {
        self.init(error.kind == .cancelled ? .cancelled : .failed, error.message, causes: error.causes)
    }
}
