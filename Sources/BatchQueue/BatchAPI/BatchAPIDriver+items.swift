package import FoundationEssentials
internal import JSON
internal import Postgres
package import Store

extension BatchAPIDriver {
    private static let bytesBefore =
        "sum(octet_length(prompt)) OVER (ORDER BY position) - octet_length(prompt) AS before"

    // MARK: Filling

    /// Items that wait, in order, from a position on; with `model`, those of that model, which is `usual` where a prompt
    /// does not say.
    package func candidates(
        from position: Int, model: String?, usual: String, most: Int
    ) async throws(StoreError) -> [BatchAPICandidate] {
        let doing = "waiting items were read"
        let rows = try await store.rows(
            PostgresStatement(
                """
                SELECT position, attempt, prompt, options FROM (
                    SELECT position, attempt, prompt, options::text AS options, \(Self.bytesBefore) FROM (
                        SELECT position, attempt, prompt, options FROM batch_items
                        WHERE batch_id = $1::uuid AND state = 'pending' AND position >= $2::int8
                            AND (not_before IS NULL OR not_before <= now())
                            AND ($3::text IS NULL OR coalesce(options->>'model', $4::text) = $3::text)
                        ORDER BY position LIMIT $5::int8
                    ) page
                ) measured WHERE before < \(pageBytes) ORDER BY position
                """,
                [
                    .uuid(batch), .int8(Int64(position)), .optional(model), .text(usual), .int8(Int64(most)),
                ]), while: doing)
        var candidates: [BatchAPICandidate] = []
        for row in rows {
            let reader = RowReader(row, while: doing)
            candidates.append(
                BatchAPICandidate(
                    position: try reader.integer("position"), attempt: try reader.integer("attempt"),
                    prompt: try reader.text("prompt"), options: try BatchStore.options(reader)))
        }
        return candidates
    }

    /// Puts items into a remote batch that is being filled, in order, as far as the money reaches, if nobody else has
    /// taken them and the batch is open. `isOutOfMoney`: there were more than could be paid.
    package func claim(
        _ places: [BatchAPIPlace], into remote: UUID
    ) async throws(StoreError) -> (count: Int, isOutOfMoney: Bool) {
        guard !places.isEmpty else { return (0, false) }
        let doing = "items were put into a remote batch"
        let rows = try await store.rows(
            PostgresStatement(
                Self.claim,
                [
                    .uuid(batch), .uuid(remote), .uuid(id), .int8Array(places.map { Int64($0.position) }),
                    .int8Array(places.map { Int64($0.attempt) }), .textArray(places.map { "\($0.cost)" }),
                    .int8Array(places.map { Int64($0.bytes) }),
                ]), while: doing)
        guard let row = rows.first else { throw BatchStore.gone(batch.uuidString.lowercased()) }
        let reader = RowReader(row, while: doing)
        guard try reader.bool("is_mine") else { throw Self.fenced }
        let count = try reader.integer("claimed")
        return (count, try reader.integer("found") > count)
    }

    /// The batch's row is locked first, as by every claim: what is reserved is counted before anybody else reserves.
    private static let claim = """
        WITH batch AS (
            SELECT id, state, max_cost_usd - spent_usd - reserved_usd - unsettled_usd AS room
            FROM batches WHERE id = $1::uuid FOR UPDATE
        ), mine AS (
            SELECT r.lines FROM remote_batches r JOIN batch b ON b.id = r.batch_id
            WHERE r.id = $2::uuid AND r.driver_id = $3::uuid AND r.state = 'filling' FOR UPDATE OF r
        ), candidates AS (
            SELECT i.position, g.cost::float8 AS cost, g.bytes
            FROM batch b CROSS JOIN mine
                CROSS JOIN unnest($4::int8[], $5::int8[], $6::text[], $7::int8[]) AS g (position, attempt, cost, bytes)
                JOIN batch_items i ON i.batch_id = b.id AND i.position = g.position
            WHERE i.batch_id = $1::uuid AND i.state = 'pending' AND i.attempt = g.attempt AND b.state = 'open'
            ORDER BY i.position FOR UPDATE OF i SKIP LOCKED
        ), affordable AS (
            SELECT position, cost, bytes, sum(cost) OVER (ORDER BY position) AS upto,
                row_number() OVER (ORDER BY position) AS place FROM candidates
        ), claimed AS (
            UPDATE batch_items i SET state = 'running', attempt = i.attempt + 1, worker_id = NULL,
                remote_batch_id = $2::uuid, remote_line = (SELECT lines FROM mine) + a.place, reserved_usd = a.cost,
                started_at = now(), ended_at = NULL
            FROM affordable a
            WHERE i.batch_id = $1::uuid AND i.position = a.position
                AND ((SELECT room FROM batch) IS NULL OR a.upto <= (SELECT room FROM batch))
            RETURNING a.cost, a.bytes
        ), filled AS (
            UPDATE remote_batches r SET lines = r.lines + c.count, bytes = r.bytes + c.bytes, changed_at = now()
            FROM (SELECT count(*)::integer AS count, coalesce(sum(bytes), 0)::bigint AS bytes FROM claimed) c
            WHERE r.id = $2::uuid
        ), noted AS (
            UPDATE batches b SET pending = b.pending - c.count, running = b.running + c.count,
                reserved_usd = b.reserved_usd + c.cost, changed_at = now()
            FROM (SELECT count(*) AS count, coalesce(sum(cost), 0) AS cost FROM claimed) c WHERE b.id = $1::uuid
        )
        SELECT (SELECT count(*) FROM claimed) AS claimed, (SELECT count(*) FROM candidates) AS found,
            EXISTS (SELECT FROM mine) AS is_mine
        """

    // MARK: Reading

    /// Items that are still in a remote batch, in the order of their lines, from a line on.
    package func items(in remote: UUID, from line: Int, most: Int) async throws(StoreError) -> [BatchAPIItem] {
        // In the order of their positions, too: they were put in so.
        try await items(
            remote, "state = 'running' AND remote_line >= $3::int8 ORDER BY remote_line LIMIT \(most)",
            .int8(Int64(line)))
    }

    /// Those of these positions that are still in a remote batch.
    package func items(in remote: UUID, at positions: [Int]) async throws(StoreError) -> [BatchAPIItem] {
        // By their positions: the index of running items has an entry for each that was ever in the batch.
        try await items(
            remote, "state || '' = 'running' AND position = ANY ($3::int8[])", .int8Array(positions.map { Int64($0) }))
    }

    private func items(
        _ remote: UUID, _ condition: String, _ value: PostgresValue
    ) async throws(StoreError) -> [BatchAPIItem] {
        let doing = "the items of a remote batch were read"
        let rows = try await store.rows(
            PostgresStatement(
                """
                SELECT * FROM (
                    SELECT remote_line, position, name, attempt, prompt, options::text AS options, reserved_usd, failures,
                        \(Self.bytesBefore)
                    FROM (
                        SELECT * FROM batch_items WHERE batch_id = $1::uuid AND remote_batch_id = $2::uuid
                            AND worker_id IS NULL AND \(condition)
                    ) page
                ) measured WHERE before < \(pageBytes) ORDER BY remote_line
                """, [.uuid(batch), .uuid(remote), value]), while: doing)
        var items: [BatchAPIItem] = []
        for row in rows {
            let reader = RowReader(row, while: doing)
            let item = ClaimedItem(
                position: try reader.integer("position"), name: try reader.text("name"),
                attempt: try reader.integer("attempt"), prompt: try reader.text("prompt"),
                options: try BatchStore.options(reader), reserved: try reader.double("reserved_usd"),
                failures: try reader.integer("failures"))
            items.append(BatchAPIItem(line: try reader.integer("remote_line"), item: item))
        }
        return items
    }

    /// Numbers the lines anew, without gaps: before a file is written that lacks some.
    package func renumber(_ remote: UUID) async throws(StoreError) {
        try await store.run(
            [
                PostgresStatement(
                    """
                    UPDATE batch_items i SET remote_line = n.line FROM (
                        SELECT position, row_number() OVER (ORDER BY remote_line) AS line FROM batch_items
                        WHERE batch_id = $1::uuid AND remote_batch_id = $2::uuid AND worker_id IS NULL
                            AND state = 'running'
                    ) n WHERE i.batch_id = $1::uuid AND i.position = n.position
                    """, [.uuid(batch), .uuid(remote)])
            ], while: "lines were numbered")
    }

    // MARK: Outcomes

    /// Stores what came of items. Gives back the positions that do not lie in this remote batch any more, or under
    /// another attempt: their outcomes are refused.
    package func complete(_ outcomes: [ItemOutcome], in remote: UUID) async throws(StoreError) -> Set<Int> {
        guard !outcomes.isEmpty else { return [] }
        let doing = "outcomes were stored"
        let results = try await store.run(
            [
                PostgresStatement(Self.completion, store.parameters(of: outcomes, in: batch, heldBy: remote)),
                BatchStore.notice(of: batch),
            ], while: doing)
        var refused = Set(outcomes.map(\.position))
        for row in results.first?.rows ?? [] {
            refused.remove(try RowReader(row, while: doing).integer("position"))
        }
        return refused
    }

    private static let completion = WorkerStatements.completion(
        of: "i.worker_id IS NULL AND i.remote_batch_id = $2::uuid")

    /// Fails the items of these lines of a remote batch, each for its reason, and gives them back.
    package func fail(_ lines: [Int: String], in remote: UUID) async throws(StoreError) -> [ItemOutcome] {
        let numbers = lines.keys.sorted()
        var outcomes: [ItemOutcome] = []
        for line in numbers {
            guard let found = try await items(in: remote, from: line, most: 1).first, found.line == line else {
                continue
            }
            outcomes.append(
                ItemOutcome(
                    position: found.item.position, attempt: found.item.attempt, state: .failed, error: lines[line]))
        }
        let refused = try await complete(outcomes, in: remote)
        return outcomes.filter { !refused.contains($0.position) }
    }

    /// Closes a remote batch: the items that are still in it get no line any more. `mayHaveCost`: what was reserved for
    /// them stays counted. Gives back those that have ended with it.
    package func close(
        _ remote: StoredAPIBatch, _ leftovers: BatchAPILeftovers, reason: String, mayHaveCost: Bool
    ) async throws(StoreError) -> [ItemOutcome] {
        let doing = "a remote batch was closed"
        let (state, isFailure, most) =
            switch leftovers {
            case .again(let isFailure, let most): ("pending", isFailure ? 1 : 0, isFailure ? most : Int(Int32.max))
            case .failed: ("failed", 1, 0)
            case .skipped: ("skipped", 0, Int(Int32.max))
            }
        let results = try await store.run(
            [
                PostgresStatement(
                    Self.closing,
                    [
                        .uuid(batch), .uuid(remote.id), .uuid(id), .text(remote.state.rawValue), .text(state),
                        .int4(Int32(isFailure)), .int4(Int32(clamping: most)), .text(StorableText.visible(reason)),
                        .bool(mayHaveCost), .optional(remote.remoteStatus),
                    ]), BatchStore.notice(of: batch),
            ], while: doing)
        guard let rows = results.first?.rows, !rows.isEmpty else { throw Self.fenced }
        var ended: [ItemOutcome] = []
        for row in rows {
            let reader = RowReader(row, while: doing)
            guard let position = try reader.optionalInteger("position") else { continue }
            ended.append(
                ItemOutcome(
                    position: position, attempt: try reader.integer("attempt"),
                    state: BatchItemState(rawValue: try reader.text("state")) ?? .failed, error: reason))
        }
        return ended
    }

    private static let closing = """
        WITH batch AS (
            SELECT CASE WHEN state = 'cancelled' AND $5::text = 'pending' THEN 'skipped' ELSE $5::text END AS next
            FROM batches WHERE id = $1::uuid FOR UPDATE
        ), mine AS (
            UPDATE remote_batches SET state = 'closed', remote_status = $10::text, changed_at = now()
            WHERE id = $2::uuid AND driver_id = $3::uuid AND state = $4::text RETURNING id
        ), left_over AS (
            SELECT i.position, i.reserved_usd, i.failures + $6::int4 AS failures
            FROM batch CROSS JOIN mine JOIN batch_items i ON i.remote_batch_id = mine.id
            WHERE i.batch_id = $1::uuid AND i.state = 'running' AND i.worker_id IS NULL FOR UPDATE OF i
        ), freed AS (
            UPDATE batch_items i SET
                state = CASE WHEN l.failures >= $7::int4 THEN 'failed' ELSE batch.next END, failures = l.failures,
                error = $8::text, reserved_usd = 0,
                ended_at = CASE WHEN l.failures >= $7::int4 OR batch.next <> 'pending' THEN now() END
            FROM left_over l CROSS JOIN batch WHERE i.batch_id = $1::uuid AND i.position = l.position
            RETURNING i.position, i.attempt, i.state, l.reserved_usd AS reserved
        ), noted AS (
            UPDATE batches b SET running = b.running - c.count, pending = b.pending + c.pending,
                failed = b.failed + c.failed, skipped = b.skipped + c.skipped,
                reserved_usd = greatest(0, b.reserved_usd - c.reserved),
                unsettled_usd = b.unsettled_usd + CASE WHEN $9::bool THEN c.reserved ELSE 0 END, changed_at = now()
            FROM (SELECT count(*) AS count, count(*) FILTER (WHERE state = 'pending') AS pending,
                    count(*) FILTER (WHERE state = 'failed') AS failed,
                    count(*) FILTER (WHERE state = 'skipped') AS skipped,
                    coalesce(sum(reserved), 0) AS reserved FROM freed) c
            WHERE b.id = $1::uuid AND c.count > 0
        )
        SELECT f.position, f.attempt, f.state FROM mine LEFT JOIN freed f ON f.state <> 'pending'
        """
}
