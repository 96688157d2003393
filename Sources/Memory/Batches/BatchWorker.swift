package import Assistant
package import FoundationEssentials
internal import Glibc
internal import JSON
internal import Postgres

/// One process that works on one batch: it claims items in groups, sends what came of them in groups, and takes over
/// what the dead have left.
package struct BatchWorker: Sendable {
    package let id: UUID
    package let batch: UUID
    private let store: BatchStore

    /// Seconds without a heartbeat after which a worker that still seems to live is given up.
    private static let lease = 60

    /// Registers a worker, holds its lock for as long as `body` runs, and leaves: what it still had goes back.
    ///
    /// The lock belongs to one connection that does nothing else: when the process dies, the server frees it.
    package static func join<Value: Sendable>(
        _ batch: UUID, of store: BatchStore, _ body: @Sendable (BatchWorker) async throws(JournalError) -> Value
    ) async throws(JournalError) -> Value {
        let worker = BatchWorker(id: UUID.timeOrdered(), batch: batch, store: store)
        let result: Result<Value, JournalError>
        do throws(PostgresError) {
            result = try await store.pool.withConnection { connection async throws(PostgresError) in
                try await worker.register(connection)
                let result: Result<Value, JournalError>
                do throws(JournalError) {
                    result = .success(try await body(worker))
                } catch {
                    result = .failure(error)
                }
                _ = try await connection.run(PostgresStatement("SELECT pg_advisory_unlock_all()"))
                return result
            }
        } catch {
            throw JournalError(error, while: "the worker joined the batch")
        }
        try await shielded { () async throws(JournalError) in try await worker.leave() }
        return try result.get()
    }

    private func register(_ connection: PostgresConnection) async throws(PostgresError) {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, 255)
        let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // The lock first: a worker whose row is there without it is dead.
        let key = try await connection.run(
            PostgresStatement("SELECT k AS key, pg_advisory_lock(\(Self.lockClass), k::int4) FROM nextval('batch_worker_keys') k"))
        guard let value = key.rows.first?["key"] else {
            throw PostgresError(.decoding, message: "The worker's lock has no key.")
        }
        _ = try await connection.run(
            PostgresStatement(
                """
                INSERT INTO batch_workers (id, batch_id, host, process, lock_key)
                VALUES ($1::uuid, $2::uuid, $3::text, $4::int4, $5::int8)
                """, [.uuid(id), .uuid(batch), .text(host), .int4(getpid()), value]))
    }

    /// The first half of the advisory locks of workers.
    static let lockClass = 0x766f_6365

    // MARK: Claims

    /// Claims up to `most` items, in order, as far as the money reaches.
    package func claim(_ most: Int) async throws(JournalError) -> BatchClaim {
        let doing = "items were claimed"
        let rows = try await store.rows(
            PostgresStatement(Self.claim, [.uuid(batch), .uuid(id), .int8(Int64(most))]), while: doing)
        guard let first = rows.first else { throw BatchStore.gone(batch.uuidString.lowercased()) }
        var items: [ClaimedItem] = []
        for row in rows {
            let reader = RowReader(row, while: doing)
            guard let position = try reader.optionalInteger("position") else { continue }
            items.append(
                ClaimedItem(
                    position: position, name: try reader.text("item_name"), attempt: try reader.integer("attempt"),
                    prompt: try reader.text("prompt"), options: try BatchStore.json(reader, "options"),
                    reserved: try reader.optionalDouble("estimate_usd")))
        }
        let reader = RowReader(first, while: doing)
        return BatchClaim(
            items: items, status: try BatchStatus(reader),
            isOutOfMoney: try reader.bool("has_more") && items.isEmpty)
    }

    /// The batch's row is locked meanwhile: what is reserved is counted before anybody else reserves. Workers claim in
    /// groups, so they seldom wait for each other.
    private static let claim = """
        WITH batch AS (
            SELECT id, state, max_cost_usd, max_cost_usd - spent_usd - reserved_usd AS room FROM batches
            WHERE id = $1::uuid FOR UPDATE
        ), candidates AS (
            SELECT i.position, i.estimate_usd FROM batch_items i
            WHERE i.batch_id = $1::uuid AND i.state = 'pending' AND (i.not_before IS NULL OR i.not_before <= now())
                AND (SELECT state FROM batch) = 'open'
            ORDER BY i.position LIMIT $3::int8 FOR UPDATE SKIP LOCKED
        ), affordable AS (
            SELECT position, sum(coalesce(estimate_usd, 0)) OVER (ORDER BY position) AS upto FROM candidates
        ), claimed AS (
            UPDATE batch_items i SET state = 'running', attempt = i.attempt + 1, worker_id = $2::uuid,
                started_at = now(), ended_at = NULL
            FROM affordable a
            WHERE i.batch_id = $1::uuid AND i.position = a.position
                AND ((SELECT room FROM batch) IS NULL OR a.upto <= (SELECT room FROM batch))
            RETURNING i.position, i.name AS item_name, i.attempt, i.prompt, i.options::text AS options, i.estimate_usd
        ), noted AS (
            UPDATE batches b SET pending = b.pending - c.count, running = b.running + c.count,
                reserved_usd = b.reserved_usd + c.cost, changed_at = now()
            FROM (SELECT count(*) AS count, coalesce(sum(estimate_usd), 0) AS cost FROM claimed) c
            WHERE b.id = $1::uuid
            RETURNING \(BatchStore.statusColumns.replacing("id, name", with: "b.id, b.name"))
        )
        SELECT n.*, c.*, EXISTS (SELECT FROM candidates) AS has_more
        FROM noted n LEFT JOIN claimed c ON true ORDER BY c.position
        """

    // MARK: Outcomes

    /// Stores what came of items. Gives back the positions that are not this worker's any more: their outcomes are
    /// refused.
    package func complete(_ outcomes: [ItemOutcome]) async throws(JournalError) -> Set<Int> {
        guard !outcomes.isEmpty else { return [] }
        let doing = "outcomes were stored"
        let rows = try await store.rows(
            PostgresStatement(Self.completion, parameters(outcomes)), while: doing)
        var refused = Set(outcomes.map(\.position))
        for row in rows { refused.remove(try RowReader(row, while: doing).integer("position")) }
        return refused
    }

    private func parameters(_ outcomes: [ItemOutcome]) -> [PostgresValue] {
        let texts = { (value: (ItemOutcome) -> String?) -> PostgresValue in
            .textArray(outcomes.map { value($0).map { StorableText.visible(store.redact($0)) } ?? "" })
        }
        return [
            .uuid(batch), .uuid(id), .int8Array(outcomes.map { Int64($0.position) }),
            .int8Array(outcomes.map { Int64($0.attempt) }), .textArray(outcomes.map(\.state.rawValue)),
            .int8Array(outcomes.map { $0.wait.map { Int64($0.seconds * 1000) } ?? -1 }),
            texts(\.answer), .int8Array(outcomes.map { $0.answer == nil ? 0 : 1 }), texts(\.error),
            .textArray(outcomes.map { $0.run?.uuidString ?? "" }), texts(\.model),
            .int8Array(outcomes.map { Int64($0.inputTokens) }), .int8Array(outcomes.map { Int64($0.outputTokens) }),
            .textArray(outcomes.map { $0.cost.map { "\($0)" } ?? "" }), .textArray(outcomes.map(\.tools.description)),
        ]
    }

    private static let completion = """
        WITH given AS (
            SELECT * FROM unnest($3::int8[], $4::int8[], $5::text[], $6::int8[], $7::text[], $8::int8[], $9::text[],
                $10::text[], $11::text[], $12::int8[], $13::int8[], $14::text[], $15::text[])
                AS t (position, attempt, state, wait, answer, has_answer, error, run, model, input, output, cost, tools)
        ), stored AS (
            UPDATE batch_items i SET state = g.state, worker_id = NULL,
                not_before = CASE WHEN g.wait >= 0 THEN now() + make_interval(secs => g.wait / 1000.0) END,
                answer = CASE WHEN g.has_answer = 1 THEN g.answer END, error = nullif(g.error, ''),
                run_id = nullif(g.run, '')::uuid, model = nullif(g.model, ''),
                input_tokens = i.input_tokens + g.input, output_tokens = i.output_tokens + g.output,
                cost_usd = CASE WHEN g.cost = '' AND i.cost_usd IS NULL THEN NULL
                    ELSE coalesce(i.cost_usd, 0) + coalesce(nullif(g.cost, '')::float8, 0) END,
                tools = g.tools::json, ended_at = now()
            FROM given g
            WHERE i.batch_id = $1::uuid AND i.position = g.position AND i.attempt = g.attempt AND i.state = 'running'
                AND i.worker_id = $2::uuid
            RETURNING i.position, i.state, i.estimate_usd, g.input, g.output, g.cost
        ), noted AS (
            UPDATE batches b SET running = b.running - c.count, pending = b.pending + c.pending, done = b.done + c.done,
                failed = b.failed + c.failed, parked = b.parked + c.parked, skipped = b.skipped + c.skipped,
                reserved_usd = greatest(0, b.reserved_usd - c.reserved), spent_usd = b.spent_usd + c.cost,
                input_tokens = b.input_tokens + c.input, output_tokens = b.output_tokens + c.output, changed_at = now()
            FROM (SELECT count(*) AS count, count(*) FILTER (WHERE state = 'pending') AS pending,
                    count(*) FILTER (WHERE state = 'done') AS done, count(*) FILTER (WHERE state = 'failed') AS failed,
                    count(*) FILTER (WHERE state = 'parked') AS parked,
                    count(*) FILTER (WHERE state = 'skipped') AS skipped,
                    coalesce(sum(estimate_usd), 0) AS reserved, coalesce(sum(nullif(cost, '')::float8), 0) AS cost,
                    coalesce(sum(input), 0) AS input, coalesce(sum(output), 0) AS output FROM stored) c
            WHERE b.id = $1::uuid AND c.count > 0
        )
        SELECT position FROM stored
        """

    // MARK: Life

    /// Says that this worker lives, and puts back what workers have left whose lock is free, or who were silent for
    /// longer than the lease. Gives the batch as it stands, and how many workers it has.
    package func beat() async throws(JournalError) -> (status: BatchStatus, workers: Int) {
        let doing = "the worker reported"
        let results = try await store.run(
            [
                PostgresStatement(
                    "UPDATE batch_workers SET heartbeat_at = now() WHERE id = $1::uuid", [.uuid(id)]),
                PostgresStatement(Self.takeOver, [.uuid(batch), .uuid(id), .int8(Int64(Self.lease))]),
                PostgresStatement(
                    """
                    SELECT \(BatchStore.statusColumns),
                        (SELECT count(*) FROM batch_workers w WHERE w.batch_id = batches.id) AS workers
                    FROM batches WHERE id = $1::uuid
                    """, [.uuid(batch)]),
            ], while: doing)
        guard let row = results.last?.rows.first else { throw BatchStore.gone(batch.uuidString.lowercased()) }
        let reader = RowReader(row, while: doing)
        return (try BatchStatus(reader), try reader.integer("workers"))
    }

    /// A worker is dead when nobody holds its lock. Its row goes first: only one of the living gets it.
    private static let takeOver = """
        WITH dead AS (
            DELETE FROM batch_workers w WHERE w.batch_id = $1::uuid AND w.id <> $2::uuid
                AND (w.heartbeat_at < now() - make_interval(secs => $3::int8::float8) OR NOT EXISTS (
                    SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = \(lockClass)
                        AND l.objid = w.lock_key AND l.granted
                        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())))
            RETURNING id
        ), freed AS (
            UPDATE batch_items i SET state = 'pending', worker_id = NULL
            WHERE i.batch_id = $1::uuid AND i.state = 'running'
                AND i.worker_id IN (SELECT id FROM dead)
            RETURNING i.estimate_usd
        )
        UPDATE batches b SET running = b.running - c.count, pending = b.pending + c.count,
            reserved_usd = greatest(0, b.reserved_usd - c.cost)
        FROM (SELECT count(*) AS count, coalesce(sum(estimate_usd), 0) AS cost FROM freed) c
        WHERE b.id = $1::uuid AND c.count > 0
        """

    /// Puts back what this worker still has, and goes.
    private func leave() async throws(JournalError) {
        try await store.run(
            [
                PostgresStatement(
                    """
                    WITH freed AS (
                        UPDATE batch_items i SET state = 'pending', worker_id = NULL
                        WHERE i.batch_id = $1::uuid AND i.state = 'running' AND i.worker_id = $2::uuid
                        RETURNING i.estimate_usd
                    )
                    UPDATE batches b SET running = b.running - c.count, pending = b.pending + c.count,
                        reserved_usd = greatest(0, b.reserved_usd - c.cost)
                    FROM (SELECT count(*) AS count, coalesce(sum(estimate_usd), 0) AS cost FROM freed) c
                    WHERE b.id = $1::uuid AND c.count > 0
                    """, [.uuid(batch), .uuid(id)]),
                PostgresStatement("DELETE FROM batch_workers WHERE id = $1::uuid", [.uuid(id)]),
            ], while: "the worker left the batch")
    }
}

extension BatchStore {
    static func json(_ reader: RowReader, _ column: String) throws(JournalError) -> JSON {
        guard let text = try reader.optionalText(column) else { return .null }
        return (try? JSON(parsing: text)) ?? .null
    }
}
