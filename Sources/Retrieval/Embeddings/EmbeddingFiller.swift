package import Assistant
package import FoundationEssentials
package import Postgres
package import Store

/// Gives the texts of a table their embeddings, beside the run that stored them or later. Nothing waits for it, and
/// nothing is lost when it is cancelled: what has no embedding is found by its words, and filled the next time.
///
/// A vector of another model counts as none: it is replaced.
package struct EmbeddingFiller: Sendable {
    /// What one call did.
    package struct Report: Sendable, Hashable {
        package var filled = 0
        /// Taken from the cache, part of `filled`.
        package var cached = 0
        /// The endpoint does not take these texts; after five times they are left alone.
        package var refused = 0
        /// By estimate, sent to the endpoint.
        package var tokens = 0
        /// Another process fills already: nothing was done.
        package var isBusyElsewhere = false
        /// More would have cost more tokens than were allowed.
        package var isOutOfTokens = false
        /// Why the endpoint gave no more; what it gave before is stored.
        package var trouble: EngineError?
    }

    /// So many texts are looked at together, so that there are enough of each length.
    private static let window = 512
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

    /// Fills in the rows of one group. Throws when the store does not answer.
    @discardableResult
    package func fill(group: UUID) async throws(StoreError) -> Report {
        var work = Work(tokensLeft: .max)
        try await fill(try await missing(of: group, limit: Self.window), &work) { _ in }
        return work.report
    }

    /// Fills in at most `limit` rows, in the table's order, each tried once; `tokens` is how many may be sent. One
    /// process does it at a time: a text must not be paid for twice. `progress` is told after each request.
    package func fillMissing(
        limit: Int = .max, tokens: Int = .max, progress: @escaping @Sendable (Report) -> Void = { _ in }
    ) async throws(StoreError) -> Report {
        let lock = FillingLock(user: user, model: embedder.model, pool: statements.pool)
        let result = try await lock.whileHeld { () async -> Result<Report, StoreError> in
            do throws(StoreError) {
                return .success(try await fillWindows(limit, tokens, progress))
            } catch {
                return .failure(error)
            }
        }
        if let result { return try result.get() }
        var report = Report()
        report.isBusyElsewhere = true
        return report
    }

    /// How far one call is.
    private struct Work {
        var report = Report()
        var size = RequestSize()
        var tokensLeft: Int
        var refused: Set<UUID> = []
    }

    private func fillWindows(
        _ limit: Int, _ tokens: Int, _ progress: @Sendable (Report) -> Void
    ) async throws(StoreError) -> Report {
        var work = Work(tokensLeft: tokens)
        var left = limit
        while left > 0, !work.report.isOutOfTokens, work.report.trouble == nil {
            let rows = try await missing(limit: min(left, Self.window))
            // What was refused comes last: when there is nothing else, all have been tried.
            let fresh = rows.filter { !work.refused.contains($0.id) }
            if fresh.isEmpty { break }
            try await fill(fresh, &work, progress)
            left -= fresh.count
        }
        return work.report
    }

    private struct Missing {
        let id: UUID
        let key: EmbeddingKey
    }

    private func missing(of group: UUID? = nil, limit: Int) async throws(StoreError) -> [Missing] {
        let doing = "\(table.table) without an embedding were read"
        let statement = table.missing(user: user, model: embedder.model, group: group, limit: limit)
        return try await self.statements.values(statement, while: doing) { row throws(StoreError) in
            Missing(id: try row.uuid("id"), key: EmbeddingKey(try row.text("content"), purpose: .passage))
        }
    }

    /// Fills in rows, those of like length together: a request takes as long as its longest text makes it.
    private func fill(
        _ rows: [Missing], _ work: inout Work, _ progress: @Sendable (Report) -> Void
    ) async throws(StoreError) {
        let byKey = Dictionary(grouping: rows, by: \.key)
        let known = try await cached(Array(byKey.keys))
        if !known.isEmpty {
            let found = known.keys.flatMap { byKey[$0] ?? [] }
            try await save(found, known, new: [:])
            work.report.cached += found.count
            work.report.filled += found.count
            progress(work.report)
        }
        let costs = byKey.keys.filter { known[$0] == nil }.map { ($0, TokenEstimate.tokens(in: $0.text) + 1) }
        var left = costs.sorted { ($0.1, $0.0.text) < ($1.1, $1.0.text) }[...]
        while !left.isEmpty {
            if Task.isCancelled { throw StoreError(.cancelled, "Filling in embeddings was cancelled.") }
            let request = left.prefix(work.size.count(of: left.lazy.map(\.1)))
            let cost = request.reduce(0) { $0 + $1.1 }
            guard cost <= work.tokensLeft else {
                work.report.isOutOfTokens = true
                return
            }
            left = left.dropFirst(request.count)
            work.tokensLeft -= cost
            work.report.tokens += cost
            try await fill(request.map(\.0), of: byKey, &work)
            progress(work.report)
            if work.report.trouble != nil { return }
        }
    }

    /// One request, and what came of it stored.
    private func fill(
        _ keys: [EmbeddingKey], of rows: [EmbeddingKey: [Missing]], _ work: inout Work
    ) async throws(StoreError) {
        var embedding = PassageEmbedding(embedder)
        let start = ContinuousClock.now
        do throws(EngineError) {
            try await embedding.embed(keys[...])
        } catch {
            work.report.trouble = error
        }
        // What was paid for before it failed is kept.
        let wanting = embedding.refused.flatMap { rows[$0] ?? [] }
        let filled = embedding.vectors.keys.flatMap { rows[$0] ?? [] }
        try await save(filled + wanting, embedding.vectors, new: embedding.vectors)
        work.size.took(.now - start)
        work.refused.formUnion(wanting.map(\.id))
        work.report.filled += filled.count
        work.report.refused += wanting.count
    }

    private func cached(_ keys: [EmbeddingKey]) async throws(StoreError) -> [EmbeddingKey: [Float]] {
        guard !keys.isEmpty else { return [:] }
        let doing = "embeddings were looked up"
        let byHash = Dictionary(keys.map { ($0.hash, $0) }) { first, _ in first }
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

    /// Stores in one order everywhere, so that two processes that fill the same rows cannot wait for each other.
    private func save(
        _ rows: [Missing], _ vectors: [EmbeddingKey: [Float]], new: [EmbeddingKey: [Float]]
    ) async throws(StoreError) {
        var statements = rows.sorted { $0.id.uuidString < $1.id.uuidString }.map { row in
            vectors[row.key].map { table.save($0, model: embedder.model, of: row.id) }
                ?? table.countRefusal(of: row.id, by: embedder.model)
        }
        statements += new.sorted { $0.key.hash.lexicographicallyPrecedes($1.key.hash) }
            .map { $0.key.save($0.value, model: embedder.model) }
        guard !statements.isEmpty else { return }
        try await self.statements.run(statements, while: "embeddings were stored")
    }
}
