package import Assistant
package import FoundationEssentials
package import Postgres
package import Store

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

    private static let batchSize = 64
    private let table: EmbeddedTable
    private let user: String
    private let embedder: any Embedder
    private let statements: StatementRunner

    /// Fills in one user's rows of a table.
    package init(table: EmbeddedTable, user: String, embedder: any Embedder, pool: PostgresPool) {
        self.table = table
        self.user = user
        self.embedder = embedder
        // A vector that is there already is the same one.
        statements = StatementRunner(pool, isRepeatable: true)
    }

    /// Fills in the rows of one group. Throws when the endpoint or the store does not answer.
    @discardableResult
    package func fill(group: UUID) async throws(StoreError) -> Report {
        var report = Report()
        let rows = try await missing(of: group, limit: Self.batchSize)
        try await fill(rows, into: &report)
        return report
    }

    /// Fills in at most `limit` older rows, in the table's order. One process does it at a time: a text must not
    /// be paid for twice.
    package func fillMissing(limit: Int = 1_000) async throws(StoreError) -> Report {
        var report = Report()
        let lock = FillingLock(user: user, model: embedder.model, pool: statements.pool)
        let result = try await lock.whileHeld { () async -> Result<Report, StoreError> in
            do throws(StoreError) {
                return .success(try await fillBatches(limit))
            } catch {
                return .failure(error)
            }
        }
        if let result { return try result.get() }
        report.isBusyElsewhere = true
        return report
    }

    private func fillBatches(_ limit: Int) async throws(StoreError) -> Report {
        var report = Report()
        var left = limit
        while left > 0 {
            if Task.isCancelled { throw StoreError(.cancelled, "Filling in embeddings was cancelled.") }
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

    private func missing(of group: UUID? = nil, limit: Int) async throws(StoreError) -> [Missing] {
        let doing = "\(table.table) without an embedding were read"
        let statement = table.missing(user: user, group: group, limit: limit)
        return try await self.statements.values(statement, while: doing) { row throws(StoreError) in
            Missing(id: try row.uuid("id"), key: EmbeddingKey(try row.text("content"), purpose: .passage))
        }
    }

    private func fill(_ rows: [Missing], into report: inout Report) async throws(StoreError) {
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

    private func cached(_ rows: [Missing]) async throws(StoreError) -> [EmbeddingKey: [Float]] {
        let doing = "embeddings were looked up"
        let byHash = Dictionary(rows.map { ($0.key.hash, $0.key) }) { first, _ in first }
        let statements = byHash.values.map { $0.lookUp(model: embedder.model) }
        var vectors: [EmbeddingKey: [Float]] = [:]
        for result in try await self.statements.run(statements, while: doing) {
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
    ) async throws(StoreError) -> (vectors: [EmbeddingKey: [Float]], refused: Set<EmbeddingKey>) {
        guard !keys.isEmpty else { return ([:], []) }
        let answers: [[Float]]
        do throws(EngineError) {
            answers = try await embedder.embed(keys.map(\.text), purpose: .passage)
        } catch {
            guard error.kind == .refused else { throw StoreError(error) }
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
            throw StoreError(
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
    ) async throws(StoreError) {
        var statements = rows.sorted { $0.id.uuidString < $1.id.uuidString }.map { row in
            vectors[row.key].map { table.save($0, model: embedder.model, of: row.id) }
                ?? table.countRefusal(of: row.id)
        }
        statements += new.sorted { $0.key.hash.lexicographicallyPrecedes($1.key.hash) }
            .map { $0.key.save($0.value, model: embedder.model) }
        try await self.statements.run(statements, while: "embeddings were stored")
    }
}

extension StoreError {
    /// An engine's failure where the store is spoken to.
    init(_ error: EngineError) {
        self.init(error.kind == .cancelled ? .cancelled : .failed, error.message, causes: error.causes)
    }
}
