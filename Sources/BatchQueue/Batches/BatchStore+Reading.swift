package import FoundationEssentials
internal import Hashing
internal import Postgres
package import Store

extension BatchStore {
    /// Items in input order, from a position on: a page at a time, so that a batch of any size is read in little memory.
    package func items(
        of batch: UUID, from position: Int, limit: Int = 500
    ) async throws(StoreError) -> [StoredBatchItem] {
        try await items(
            PostgresStatement(
                """
                SELECT \(Self.itemColumns) FROM batch_items
                WHERE batch_id = $1::uuid AND position >= $2::int8
                ORDER BY position LIMIT $3::int8
                """,
                [.uuid(batch), .int8(Int64(position)), .int8(Int64(limit))]))
    }

    /// Some items, in input order.
    package func items(of batch: UUID, at positions: [Int]) async throws(StoreError) -> [StoredBatchItem] {
        try await items(
            PostgresStatement(
                """
                SELECT \(Self.itemColumns) FROM batch_items
                WHERE batch_id = $1::uuid AND position = ANY ($2::int8[]) ORDER BY position
                """, [.uuid(batch), .int8Array(positions.map { Int64($0) })]))
    }

    /// The first items that failed or were parked, in input order.
    package func troubled(_ batch: UUID, limit: Int) async throws(StoreError) -> [StoredBatchItem] {
        try await items(
            PostgresStatement(
                """
                SELECT \(Self.itemColumns) FROM batch_items
                WHERE batch_id = $1::uuid AND state IN ('failed', 'parked') ORDER BY position LIMIT $2::int8
                """, [.uuid(batch), .int8(Int64(limit))]))
    }

    private func items(_ statement: PostgresStatement) async throws(StoreError) -> [StoredBatchItem] {
        try await statements.values(statement, while: "items were read") { row throws(StoreError) in
            try StoredBatchItem(row)
        }
    }

    package func workers(of batch: UUID) async throws(StoreError) -> [BatchWorkerStatus] {
        try await statements.values(
            PostgresStatement(
                """
                SELECT w.host, w.process, extract(epoch FROM now() - w.heartbeat_at)::float8 AS silence,
                    (SELECT count(*) FROM batch_items i WHERE i.batch_id = w.batch_id AND i.worker_id = w.id
                        AND i.state = 'running') AS running
                FROM batch_workers w WHERE w.batch_id = $1::uuid ORDER BY w.id
                """, [.uuid(batch)]), while: "workers were listed"
        ) { row throws(StoreError) in
            BatchWorkerStatus(
                host: try row.text("host"), process: try row.integer("process"),
                running: try row.integer("running"), silence: .seconds(max(0, try row.double("silence"))))
        }
    }

    /// Whether somebody seems to have died who worked on it, so that what he had waits for the next who comes.
    package func hasDeadWorkers(_ batch: UUID) async throws(StoreError) -> Bool {
        let dead = PostgresStatement(
            "SELECT 1 AS one FROM batch_workers w WHERE w.batch_id = $1::uuid AND NOT \(WorkerLock.isHeld) LIMIT 1",
            [.uuid(batch)])
        return try await !rows(dead, while: "dead workers were looked for").isEmpty
    }

    private static let itemColumns = """
        position, name, state, greatest(0, attempt - first_attempt + 1) AS attempts,
        CASE WHEN options->>'recording' IS NOT NULL AND prompt <> '' THEN prompt END AS transcript, answer, error, run_id, model, input_tokens, output_tokens, cost_usd,
        tools::text AS tools, started_at, ended_at
        """

    /// Puts failed items (or these states) back, under a new attempt; an open batch does them.
    /// - Returns: How many.
    package func retry(_ batch: UUID, states: [BatchItemState]) async throws(StoreError) -> Int {
        let doing = "items were put back"
        let results = try await run(
            [
                PostgresStatement(
                    """
                    WITH batch AS (
                        SELECT id FROM batches WHERE id = $1::uuid FOR UPDATE
                    ), back AS (
                        UPDATE batch_items SET state = 'pending', worker_id = NULL, remote_batch_id = NULL,
                            error = NULL, failures = 0,
                            first_attempt = CASE WHEN state = 'skipped' THEN first_attempt ELSE attempt + 1 END,
                            not_before = CASE WHEN \(Self.hasNoWords) THEN 'infinity'::timestamptz END
                        WHERE EXISTS (SELECT FROM batch) AND batch_id = $1::uuid AND state = ANY ($2::text[])
                            AND state <> 'running'
                        RETURNING position
                    ), counted AS (
                        SELECT i.state, count(*) AS count FROM batch_items i JOIN back USING (position)
                        WHERE i.batch_id = $1::uuid GROUP BY i.state
                    ), noted AS (
                        UPDATE batches b SET pending = b.pending + (SELECT coalesce(sum(count), 0) FROM counted),
                            failed = b.failed - coalesce((SELECT count FROM counted WHERE state = 'failed'), 0),
                            parked = b.parked - coalesce((SELECT count FROM counted WHERE state = 'parked'), 0),
                            skipped = b.skipped - coalesce((SELECT count FROM counted WHERE state = 'skipped'), 0),
                            done = b.done - coalesce((SELECT count FROM counted WHERE state = 'done'), 0),
                            changed_at = now()
                        WHERE b.id = $1::uuid
                    )
                    SELECT coalesce(sum(count), 0)::int8 AS count FROM counted
                    """, [.uuid(batch), .textArray(states.map(\.rawValue))]), Self.notice(of: batch),
            ], while: doing)
        return try results.first?.rows.first.map { (row) throws(StoreError) in
            try RowReader(row, while: doing).integer("count")
        } ?? 0
    }

    /// A recording that was not transcribed yet.
    static let hasNoWords = "prompt = '' AND options->>'recording' IS NOT NULL"

    /// Nothing new is begun; what waits is skipped, some at a time, for meanwhile no outcome can be stored.
    package func cancel(_ batch: UUID) async throws(StoreError) {
        // What is given back from here on is skipped by who gives it back.
        try await run(
            [
                PostgresStatement(
                    """
                    UPDATE batches SET state = 'cancelled', reason = NULL, changed_at = now(), opened_at = now()
                    WHERE id = $1::uuid
                    """, [.uuid(batch)]), Self.notice(of: batch),
            ], while: "the batch was cancelled")
        while try await skipSome(of: batch) > 0 {}
    }

    /// Skips items that wait in a batch that is still cancelled.
    /// - Returns: How many.
    private func skipSome(of batch: UUID) async throws(StoreError) -> Int {
        let doing = "items of a cancelled batch were skipped"
        let rows = try await rows(
            PostgresStatement(
                """
                WITH batch AS (
                    SELECT id FROM batches WHERE id = $1::uuid AND state = 'cancelled' FOR UPDATE
                ), waiting AS (
                    SELECT position FROM batch_items
                    WHERE EXISTS (SELECT FROM batch) AND batch_id = $1::uuid AND state = 'pending'
                    ORDER BY position LIMIT 5000 FOR UPDATE
                ), skipped AS (
                    UPDATE batch_items i SET state = 'skipped', error = 'the batch was cancelled', ended_at = now()
                    FROM waiting w WHERE i.batch_id = $1::uuid AND i.position = w.position RETURNING i.position
                )
                UPDATE batches b SET pending = b.pending - c.count, skipped = b.skipped + c.count, changed_at = now()
                FROM (SELECT count(*) AS count FROM skipped) c WHERE b.id = $1::uuid AND c.count > 0
                RETURNING c.count
                """, [.uuid(batch)]), while: doing)
        guard let row = rows.first else { return 0 }
        return try RowReader(row, while: doing).integer("count")
    }

    /// Whether all that is left are recordings without their words, which only who has the files can work on.
    package func waitsForWordsOnly(_ batch: UUID) async throws(StoreError) -> Bool {
        let rows = try await rows(
            PostgresStatement(
                """
                SELECT 1 AS one FROM batch_items WHERE batch_id = $1::uuid AND state = 'pending'
                    AND not_before IS DISTINCT FROM 'infinity' LIMIT 1
                """, [.uuid(batch)]), while: "the queue was looked at")
        return rows.isEmpty
    }

    /// Which of these items a run would do: those that are new, or known with another content.
    package func new(_ items: [NewBatchItem], in batch: UUID) async throws(StoreError) -> Set<String> {
        let doing = "known items were looked for"
        let rows = try await rows(
            PostgresStatement(
                """
                SELECT i.name FROM unnest($2::text[], $3::text[]) AS t (name, hash)
                JOIN batch_items i ON i.batch_id = $1::uuid AND i.name = t.name
                WHERE i.content_hash = decode(t.hash, 'hex') AND i.state IN ('done', 'failed', 'parked', 'skipped')
                """,
                [
                    .uuid(batch), .textArray(items.map { StorableText.visible($0.name) }),
                    .textArray(items.map(\.hash.hexadecimal)),
                ]), while: doing)
        var new = Set(items.map(\.name))
        for row in rows { new.remove(try RowReader(row, while: doing).text("name")) }
        return new
    }
}

extension StoredBatchItem {
    init(_ reader: RowReader) throws(StoreError) {
        position = try reader.integer("position")
        name = try reader.text("name")
        state = BatchItemState(rawValue: try reader.text("state")) ?? .failed
        attempts = try reader.integer("attempts")
        transcript = try reader.optionalText("transcript")
        answer = try reader.optionalText("answer")
        error = try reader.optionalText("error")
        run = try reader.optionalUUID("run_id")
        model = try reader.optionalText("model")
        inputTokens = try reader.integer("input_tokens")
        outputTokens = try reader.integer("output_tokens")
        cost = try reader.optionalDouble("cost_usd")
        tools = try BatchStore.json(reader, "tools")
        startedAt = try reader.optionalDate("started_at")
        endedAt = try reader.optionalDate("ended_at")
    }
}
