internal import FoundationEssentials
internal import Postgres

/// What a worker says to the server. Each statement locks the batch's row before items, or items only: no two wait for
/// each other.
enum WorkerStatements {
    /// A worker that is dead or silent, and how often it had beaten when that was seen.
    typealias Gone = (id: UUID, beats: Int)

    // MARK: Life

    static func report(_ worker: UUID, _ batch: UUID) -> [PostgresStatement] {
        [
            PostgresStatement(
                "UPDATE batch_workers SET beats = beats + 1, heartbeat_at = now() WHERE id = $1::uuid RETURNING id",
                [.uuid(worker)]),
            PostgresStatement(neighbours, [.uuid(batch)]),
            status(of: batch),
        ]
    }

    /// A worker is dead when nobody holds its lock. Just after a restart of the server nobody can: all are coming back.
    private static let neighbours = """
        SELECT w.id, w.beats,
            \(WorkerLock.isHeld) OR pg_postmaster_start_time() > now() - interval '3 seconds' AS is_alive
        FROM batch_workers w WHERE w.batch_id = $1::uuid ORDER BY w.id
        """

    static func status(of batch: UUID) -> PostgresStatement {
        PostgresStatement("SELECT \(BatchStore.statusColumns) FROM batches WHERE id = $1::uuid", [.uuid(batch)])
    }

    /// Puts back what workers have left; what their calls may have cost stays counted. Their rows go first: only one
    /// of the living gets them. A worker that has beaten since it was looked at is left alone: who looked may have slept.
    static func clear(_ workers: [Gone], of batch: UUID) -> [PostgresStatement] {
        [
            // The batch's row first, as claims do it: a claim of the dead is through, or finds no worker.
            PostgresStatement("SELECT id FROM batches WHERE id = $1::uuid FOR UPDATE", [.uuid(batch)]),
            PostgresStatement(
                takeOver, [.uuid(batch), .uuidArray(workers.map(\.id)), .int8Array(workers.map { Int64($0.beats) })]),
            BatchStore.notice(of: batch), status(of: batch),
        ]
    }

    /// What is given back into a cancelled batch is not done any more.
    private static let givenBack =
        "CASE (SELECT state FROM batches WHERE id = $1::uuid) WHEN 'cancelled' THEN 'skipped' ELSE 'pending' END"

    private static let takeOver = """
        WITH dead AS (
            DELETE FROM batch_workers w USING unnest($2::uuid[], $3::int8[]) AS g (id, beats)
            WHERE w.batch_id = $1::uuid AND w.id = g.id AND w.beats = g.beats RETURNING w.id
        ), freed AS (
            UPDATE batch_items i SET state = \(givenBack), worker_id = NULL, reserved_usd = 0
            FROM dead WHERE i.batch_id = $1::uuid AND i.state = 'running' AND i.worker_id = dead.id
            RETURNING i.position
        )
        UPDATE batches b SET running = b.running - c.count,
            pending = b.pending + CASE b.state WHEN 'cancelled' THEN 0 ELSE c.count END,
            skipped = b.skipped + CASE b.state WHEN 'cancelled' THEN c.count ELSE 0 END,
            reserved_usd = greatest(0, b.reserved_usd - c.cost), unsettled_usd = b.unsettled_usd + c.cost,
            reader_id = CASE WHEN b.reader_id IN (SELECT id FROM dead) THEN NULL ELSE b.reader_id END,
            changed_at = now()
        FROM (SELECT count(*) AS count, coalesce(sum(i.reserved_usd), 0) AS cost
            FROM batch_items i JOIN freed USING (position) WHERE i.batch_id = $1::uuid) c
        WHERE b.id = $1::uuid
        """

    /// Puts back what a worker still has, and removes it. `unsettled`: its calls may have cost something.
    static func leave(_ worker: UUID, _ batch: UUID, unsettled: Bool) -> [PostgresStatement] {
        giveBack(of: worker, batch, keeping: [], andRecordings: true, unsettled: unsettled) + [
            PostgresStatement("DELETE FROM batch_workers WHERE id = $1::uuid", [.uuid(worker)]),
            PostgresStatement(
                "UPDATE batches SET reader_id = NULL WHERE id = $1::uuid AND reader_id = $2::uuid",
                [.uuid(batch), .uuid(worker)]),
        ]
    }

    static func giveBack(
        of worker: UUID, _ batch: UUID, keeping known: [Int], andRecordings: Bool, unsettled: Bool
    ) -> [PostgresStatement] {
        [
            PostgresStatement("SELECT id FROM batches WHERE id = $1::uuid FOR UPDATE", [.uuid(batch)]),
            PostgresStatement(
                """
                WITH freed AS (
                    UPDATE batch_items i SET state = \(givenBack), worker_id = NULL, reserved_usd = 0
                    WHERE i.batch_id = $1::uuid AND i.state = 'running' AND i.worker_id = $2::uuid
                        AND i.position <> ALL ($4::int8[]) AND ($5::bool OR i.not_before IS DISTINCT FROM 'infinity')
                    RETURNING i.position
                )
                UPDATE batches b SET running = b.running - c.count,
                    pending = b.pending + CASE b.state WHEN 'cancelled' THEN 0 ELSE c.count END,
                    skipped = b.skipped + CASE b.state WHEN 'cancelled' THEN c.count ELSE 0 END,
                    reserved_usd = greatest(0, b.reserved_usd - c.cost),
                    unsettled_usd = b.unsettled_usd + CASE WHEN $3::bool THEN c.cost ELSE 0 END
                FROM (SELECT count(*) AS count, coalesce(sum(i.reserved_usd), 0) AS cost
                    FROM batch_items i JOIN freed USING (position) WHERE i.batch_id = $1::uuid) c
                WHERE b.id = $1::uuid AND c.count > 0
                """,
                [
                    .uuid(batch), .uuid(worker), .bool(unsettled), .int8Array(known.map { Int64($0) }),
                    .bool(andRecordings),
                ]),
            BatchStore.notice(of: batch),
        ]
    }

    // MARK: Work

    /// The batch's row is locked meanwhile: what is reserved is counted before anybody else reserves. Workers claim in
    /// groups, so they seldom wait for each other. Under a limit the first item goes alone, to show what one costs.
    /// Claims begin at a position: all before it that were worked off would be walked through, for as long as anybody
    /// holds an old snapshot.
    static let claim = """
        WITH batch AS (
            SELECT batches.id, state, largest_usd, max_cost_usd - spent_usd - reserved_usd - unsettled_usd AS room,
                CASE WHEN max_cost_usd IS NOT NULL AND done + failed + parked = 0
                    THEN greatest(0, 1 - running) ELSE $3::int8 END AS most
            FROM batches JOIN batch_workers w ON w.id = $2::uuid
            WHERE batches.id = $1::uuid FOR UPDATE OF batches FOR KEY SHARE OF w
        ), candidates AS (
            SELECT i.position, greatest(coalesce(i.estimate_usd, 0), b.largest_usd) AS cost
            FROM batch b CROSS JOIN LATERAL (
                SELECT position, estimate_usd FROM batch_items
                WHERE batch_id = $1::uuid AND state = 'pending' AND (not_before IS NULL OR not_before <= now())
                    AND position >= $4::int8 AND b.state = 'open'
                ORDER BY position LIMIT (SELECT least($3::int8, most) FROM batch) FOR UPDATE SKIP LOCKED
            ) i
        ), affordable AS (
            SELECT position, cost, sum(cost) OVER (ORDER BY position) AS upto FROM candidates
        ), claimed AS (
            UPDATE batch_items i SET state = 'running', attempt = i.attempt + 1, worker_id = $2::uuid,
                remote_batch_id = NULL, reserved_usd = a.cost, started_at = now(), ended_at = NULL
            FROM affordable a
            WHERE i.batch_id = $1::uuid AND i.position = a.position
                AND ((SELECT room FROM batch) IS NULL OR a.upto <= (SELECT room FROM batch))
            RETURNING i.position, i.name AS item_name, i.attempt, i.first_attempt, i.prompt,
                i.options::text AS options, i.reserved_usd AS item_reserved_usd, i.failures
        ), noted AS (
            UPDATE batches b SET pending = b.pending - c.count, running = b.running + c.count,
                reserved_usd = b.reserved_usd + c.cost
            FROM (SELECT count(*) AS count, coalesce(sum(item_reserved_usd), 0) AS cost FROM claimed) c
            WHERE b.id = (SELECT id FROM batch)
            RETURNING \(BatchStore.statusColumns.replacing("id, name", with: "b.id, b.name"))
        )
        SELECT n.*, c.*, EXISTS (SELECT FROM candidates) AS has_more
        FROM noted n LEFT JOIN claimed c ON true ORDER BY c.position
        """

    /// Reserves more for an item that needs more than one model call. Gives a row when there was room.
    static let reserve = """
        WITH batch AS (
            SELECT id FROM batches WHERE id = $1::uuid AND (max_cost_usd IS NULL
                OR max_cost_usd - spent_usd - reserved_usd - unsettled_usd >= $5::float8) FOR UPDATE
        ), item AS (
            UPDATE batch_items i SET reserved_usd = i.reserved_usd + $5::float8 FROM batch
            WHERE i.batch_id = batch.id AND i.position = $2::int8 AND i.attempt = $3::int4 AND i.state = 'running'
                AND i.worker_id = $4::uuid
            RETURNING i.position
        )
        UPDATE batches b SET reserved_usd = b.reserved_usd + $5::float8 FROM item WHERE b.id = $1::uuid RETURNING b.id
        """

    /// Outcomes of items, each only if this worker still has the item under that attempt. Found by their positions: the
    /// index of running items has one entry for each that this worker ever had, and goes as late as the oldest snapshot.
    /// That there is a batch is asked before items are looked at: its row is locked before theirs.
    static let completion = completion(of: "i.worker_id IS NOT DISTINCT FROM $2::uuid")

    /// The same for whoever holds items in another way.
    static func completion(of holder: String) -> String {
        """
        WITH batch AS (
            SELECT state FROM batches WHERE id = $1::uuid FOR UPDATE
        ), given AS (
            SELECT * FROM unnest($3::int8[], $4::int8[], $5::text[], $6::int8[], $7::text[], $8::int8[], $9::text[],
                $10::text[], $11::text[], $12::int8[], $13::int8[], $14::text[], $15::text[], $16::int8[], $17::int8[])
                AS t (position, attempt, state, wait, answer, has_answer, error, run, model, input, output, cost, tools,
                    unsettled, failure)
        ), held AS (
            SELECT i.position, i.reserved_usd FROM batch_items i JOIN given g ON g.position = i.position
            WHERE EXISTS (SELECT FROM batch) AND i.batch_id = $1::uuid AND i.attempt = g.attempt
                AND i.state || '' = 'running' AND \(holder)
            FOR UPDATE OF i
        ), stored AS (
            UPDATE batch_items i SET worker_id = NULL, reserved_usd = 0,
                remote_batch_id = CASE WHEN g.state <> 'pending' THEN i.remote_batch_id END,
                state = CASE WHEN g.state = 'pending' AND (SELECT state FROM batch) = 'cancelled' THEN 'skipped'
                    ELSE g.state END,
                not_before = CASE WHEN g.wait >= 0 THEN now() + make_interval(secs => g.wait / 1000.0) END,
                answer = CASE WHEN g.has_answer = 1 THEN g.answer END, error = nullif(g.error, ''),
                run_id = nullif(g.run, '')::uuid, model = nullif(g.model, ''),
                input_tokens = i.input_tokens + g.input, output_tokens = i.output_tokens + g.output,
                cost_usd = CASE WHEN g.cost = '' AND i.cost_usd IS NULL THEN NULL
                    ELSE coalesce(i.cost_usd, 0) + coalesce(nullif(g.cost, '')::float8, 0) END,
                tools = g.tools::json, failures = i.failures + g.failure, ended_at = now()
            FROM given g JOIN held h USING (position)
            WHERE i.batch_id = $1::uuid AND i.position = g.position
            RETURNING i.position, i.state, h.reserved_usd AS reserved, g.input, g.output, g.cost, g.unsettled
        ), noted AS (
            UPDATE batches b SET running = b.running - c.count, pending = b.pending + c.pending, done = b.done + c.done,
                failed = b.failed + c.failed, parked = b.parked + c.parked, skipped = b.skipped + c.skipped,
                reserved_usd = greatest(0, b.reserved_usd - c.reserved), spent_usd = b.spent_usd + c.cost,
                unsettled_usd = b.unsettled_usd + c.unsettled, largest_usd = greatest(b.largest_usd, c.largest),
                input_tokens = b.input_tokens + c.input, output_tokens = b.output_tokens + c.output, changed_at = now()
            FROM (SELECT count(*) AS count, count(*) FILTER (WHERE state = 'pending') AS pending,
                    count(*) FILTER (WHERE state = 'done') AS done, count(*) FILTER (WHERE state = 'failed') AS failed,
                    count(*) FILTER (WHERE state = 'parked') AS parked,
                    count(*) FILTER (WHERE state = 'skipped') AS skipped,
                    coalesce(sum(reserved), 0) AS reserved, coalesce(sum(nullif(cost, '')::float8), 0) AS cost,
                    coalesce(sum(reserved) FILTER (WHERE unsettled = 1), 0) AS unsettled,
                    coalesce(max(nullif(cost, '')::float8), 0) AS largest,
                    coalesce(sum(input), 0) AS input, coalesce(sum(output), 0) AS output FROM stored) c
            WHERE b.id = $1::uuid AND c.count > 0
        )
        SELECT position FROM stored
        """
    }
}
