internal import FoundationEssentials
internal import Postgres
package import Store

/// A recording whose words are wanted.
package struct ClaimedRecording: Sendable, Hashable {
    package var position: Int
    package var name: String
    package var attempt: Int
    package var options: ItemOptions
}

extension BatchWorker {
    /// The next recording that was not transcribed, for this worker alone; nil when there is none, or when others have
    /// given this worker up. One at a time: what this worker has claimed before and not heard of is the next again.
    package func claimRecording() async throws(StoreError) -> ClaimedRecording? {
        let doing = "a recording was claimed"
        let rows = try await store.rows(
            PostgresStatement(
                """
                WITH batch AS (
                    SELECT b.id FROM batches b JOIN batch_workers w ON w.id = $2::uuid
                    WHERE b.id = $1::uuid AND b.state = 'open' AND EXISTS (
                        SELECT FROM batch_items WHERE batch_id = $1::uuid AND not_before = 'infinity'
                            AND state IN ('pending', 'running'))
                    FOR UPDATE OF b FOR KEY SHARE OF w
                ), next AS (
                    SELECT position, state FROM batch_items
                    WHERE EXISTS (SELECT FROM batch) AND batch_id = $1::uuid AND not_before = 'infinity'
                        AND (state = 'pending' OR (state = 'running' AND worker_id = $2::uuid))
                    ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED
                ), claimed AS (
                    UPDATE batch_items i SET state = 'running', attempt = i.attempt + 1, worker_id = $2::uuid,
                        remote_batch_id = NULL, started_at = now()
                    FROM next WHERE i.batch_id = $1::uuid AND i.position = next.position
                    RETURNING i.position, i.name, i.attempt, i.options::text AS options
                ), noted AS (
                    UPDATE batches SET pending = pending - 1, running = running + 1
                    WHERE id = $1::uuid AND EXISTS (SELECT FROM claimed)
                        AND (SELECT state FROM next) = 'pending'
                )
                SELECT * FROM claimed
                """, [.uuid(batch), .uuid(id)]), while: doing)
        guard let row = rows.first else { return nil }
        let reader = RowReader(row, while: doing)
        return ClaimedRecording(
            position: try reader.integer("position"), name: try reader.text("name"),
            attempt: try reader.integer("attempt"), options: try BatchStore.options(reader))
    }

    /// Stores what was said in a recording: it is an item like any other now. `estimate`: the most that answering may
    /// cost, in US dollars. False: the recording is not this worker's any more.
    package func setWords(
        _ words: String, estimate: Double?, of recording: ClaimedRecording
    ) async throws(StoreError) -> Bool {
        let doing = "a transcript was stored"
        let results = try await store.run(
            [
                PostgresStatement(
                    """
                    WITH batch AS (
                        SELECT id FROM batches WHERE id = $1::uuid FOR UPDATE
                    ), stored AS (
                        UPDATE batch_items SET prompt = $5::text, estimate_usd = $6::float8, state = 'pending',
                            worker_id = NULL, not_before = NULL, first_attempt = attempt + 1
                        WHERE EXISTS (SELECT FROM batch) AND batch_id = $1::uuid AND position = $2::int8
                            AND attempt = $3::int4 AND worker_id = $4::uuid AND state = 'running'
                        RETURNING position
                    ), noted AS (
                        UPDATE batches SET pending = pending + 1, running = running - 1
                        WHERE id = $1::uuid AND EXISTS (SELECT FROM stored)
                    )
                    SELECT position FROM stored
                    """,
                    [
                        .uuid(batch), .int8(Int64(recording.position)), .int4(Int32(recording.attempt)), .uuid(id),
                        .text(StorableText.visible(store.redact(words))), .optional(estimate),
                    ]), BatchStore.notice(of: batch),
            ], while: doing)
        return results.first?.rows.isEmpty == false
    }
}
