package import FoundationEssentials
internal import Hashing
internal import JSON
internal import Postgres
package import Store

extension BatchStore {
    /// Puts a group of items into the queue, in order. An item is known by its name: one with the same content is left
    /// as it is, one with another content is to be done again, under a new attempt, so that what is still being done
    /// with the old content is refused. `reading` names this pass over the input; where names may repeat in it, each item
    /// is marked with it, so that the second of a name is told from a changed one. What waits gets its new estimate.
    package func add(
        _ items: [NewBatchItem], to batch: UUID, reading: UUID, mayRepeatNames: Bool
    ) async throws(StoreError) -> BatchAddition {
        // By their bytes, as the store knows them: the same letters may be written in several ways.
        var seen: Set<[UInt8]> = []
        var addition = BatchAddition()
        let unique = items.filter { item in
            let isNew = seen.insert(Array(item.name.utf8)).inserted
            if !isNew { addition.duplicates.append(item.name) }
            return isNew
        }
        guard !unique.isEmpty else { return addition }
        let results = try await run(
            [
                // Two that read the same input at once take turns, and the second sees what the first has added.
                PostgresStatement(
                    "SELECT id FROM batches WHERE id = $1::uuid FOR NO KEY UPDATE", [.uuid(batch)]),
                PostgresStatement(Self.addition, parameters(unique, batch, reading, mayRepeatNames)),
                Self.notice(of: batch),
            ],
            while: "items were queued")
        for row in results.dropFirst().first?.rows ?? [] {
            let reader = RowReader(row, while: "items were queued")
            switch try reader.text("outcome") {
            case "added": addition.added += 1
            case "changed": addition.changed += 1
            case "duplicate": addition.duplicates.append(try reader.text("name"))
            default: addition.unchanged += 1
            }
        }
        return addition
    }

    private func parameters(
        _ items: [NewBatchItem], _ batch: UUID, _ reading: UUID, _ mayRepeatNames: Bool
    ) -> [PostgresValue] {
        [
            .uuid(batch), .uuid(reading), .textArray(items.map { StorableText.visible($0.name) }),
            .textArray(items.map(\.hash.hexadecimal)),
            .textArray(items.map { StorableText.visible(redact($0.prompt)) }),
            .textArray(items.map(\.options.json.description)),
            .textArray(items.map { $0.estimate.map { "\($0)" } ?? "" }), .bool(mayRepeatNames),
            .int8Array(items.map { $0.options.recording != nil ? 1 : 0 }),
        ]
    }

    /// The positions are taken from the batch's row, which is locked: they follow the input's order.
    private static let addition = """
        WITH given AS (
            SELECT name, decode(hash, 'hex') AS hash, prompt, options::json AS options,
                nullif(estimate, '')::float8 AS estimate,
                CASE WHEN recording = 1 THEN 'infinity'::timestamptz END AS not_before, ordinal
            FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $9::int8[]) WITH ORDINALITY
                AS t (name, hash, prompt, options, estimate, recording, ordinal)
        ), known AS (
            SELECT i.position, i.name, i.content_hash, i.reading, i.state, i.reserved_usd
            FROM batch_items i JOIN given g ON g.name = i.name WHERE i.batch_id = $1::uuid
        ), fresh AS (
            SELECT g.*, row_number() OVER (ORDER BY ordinal) - 1 AS place
            FROM given g WHERE NOT EXISTS (SELECT FROM known k WHERE k.name = g.name)
        ), changed AS (
            UPDATE batch_items i SET content_hash = g.hash, prompt = g.prompt, options = g.options,
                estimate_usd = g.estimate, state = 'pending', attempt = i.attempt + 1, first_attempt = i.attempt + 2,
                worker_id = NULL, remote_batch_id = NULL, not_before = g.not_before, error = NULL, answer = NULL, answer_bytes = NULL, reading = $2::uuid,
                reserved_usd = 0, failures = 0
            FROM given g JOIN known k ON k.name = g.name
            WHERE i.batch_id = $1::uuid AND i.position = k.position AND k.reading <> $2::uuid AND k.content_hash <> g.hash
            RETURNING i.name, k.state AS before, k.reserved_usd AS reserved
        ), marked AS (
            UPDATE batch_items i SET reading = CASE WHEN $8::bool THEN $2::uuid ELSE i.reading END,
                estimate_usd = CASE WHEN i.state = 'pending' AND g.not_before IS NULL THEN g.estimate ELSE i.estimate_usd END
            FROM known k JOIN given g ON g.name = k.name AND g.hash = k.content_hash
            WHERE i.batch_id = $1::uuid AND i.position = k.position AND (($8::bool AND k.reading <> $2::uuid)
                OR (k.state = 'pending' AND g.not_before IS NULL AND i.estimate_usd IS DISTINCT FROM g.estimate))
        ), counted AS (
            SELECT count(*) AS all_of_them, count(*) FILTER (WHERE before = 'pending') AS pending,
                count(*) FILTER (WHERE before = 'running') AS running,
                count(*) FILTER (WHERE before = 'done') AS done,
                count(*) FILTER (WHERE before = 'failed') AS failed,
                count(*) FILTER (WHERE before = 'parked') AS parked,
                count(*) FILTER (WHERE before = 'skipped') AS skipped, coalesce(sum(reserved), 0) AS reserved FROM changed
        ), numbered AS (
            UPDATE batches b SET next_position = b.next_position + f.count,
                pending = b.pending + f.count + c.all_of_them - c.pending, running = b.running - c.running,
                done = b.done - c.done, failed = b.failed - c.failed, parked = b.parked - c.parked,
                skipped = b.skipped - c.skipped, reserved_usd = greatest(0, b.reserved_usd - c.reserved),
                unsettled_usd = b.unsettled_usd + c.reserved, changed_at = now()
            FROM counted c, (SELECT count(*) AS count FROM fresh) f
            WHERE b.id = $1::uuid AND f.count + c.all_of_them > 0 RETURNING b.next_position - f.count AS first
        ), added AS (
            INSERT INTO batch_items (batch_id, position, name, content_hash, reading, prompt, options, estimate_usd,
                not_before, state)
            SELECT $1::uuid, first + place, name, hash, $2::uuid, prompt, options, estimate, not_before, 'pending'
            FROM fresh, numbered RETURNING name
        )
        SELECT name, 'added' AS outcome FROM added
        UNION ALL SELECT name, 'changed' FROM changed
        UNION ALL SELECT k.name, CASE WHEN k.reading = $2::uuid THEN 'duplicate' ELSE 'unchanged' END
            FROM known k WHERE NOT EXISTS (SELECT FROM changed c WHERE c.name = k.name)
        """
}
