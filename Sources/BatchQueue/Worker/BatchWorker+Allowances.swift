internal import Hashing
internal import Postgres
package import Store

extension BatchWorker {
    /// Takes one of the `most` uses that the whole batch has of an allowance, over all its workers and for ever.
    /// Durable when it returns, and never given back: who dies before its effect has used it. False: none is left.
    ///
    /// Errors: `fenced` when the item is not this worker's any more.
    package func use(
        _ allowance: String, atMost most: Int, for item: ClaimedItem
    ) async throws(StoreError) -> Bool {
        let doing = "a use of the policy was counted"
        let key = PostgresValue.bytea(ContentHash(ofText: allowance).bytes)
        let results = try await store.run(
            [
                PostgresStatement(
                    Self.beginning, [.uuid(batch), key, .text(StorableText.visible(allowance))]),
                PostgresStatement(
                    Self.taking,
                    [
                        .uuid(batch), key, .int8(Int64(most)), .int8(Int64(item.position)), .int4(Int32(item.attempt)),
                        .uuid(id),
                    ]),
            ], while: doing)
        guard let row = results.last?.rows.first else {
            throw StoreError(.failed, "The store gave no answer while \(doing).")
        }
        let reader = RowReader(row, while: doing)
        guard try reader.bool("is_held") else {
            throw StoreError(.fenced, "Others have this item now; nothing was changed.")
        }
        return try reader.bool("is_taken")
    }

    /// Writes only once for each allowance.
    private static let beginning = """
        INSERT INTO batch_allowances (batch_id, key, allowance) VALUES ($1::uuid, $2::bytea, $3::text)
        ON CONFLICT (batch_id, key) DO NOTHING
        """

    /// Who comes at the same time waits for the row and sees what the other has counted. When none is left nothing is
    /// locked or written: the items that come later do not wait for each other.
    private static let taking = """
        WITH held AS (
            SELECT position FROM batch_items WHERE batch_id = $1::uuid AND position = $4::int8 AND attempt = $5::int4
                AND state = 'running' AND worker_id = $6::uuid
        ), taken AS (
            UPDATE batch_allowances a SET used = a.used + 1 FROM held
            WHERE a.batch_id = $1::uuid AND a.key = $2::bytea AND a.used < $3::int8
            RETURNING a.used
        )
        SELECT EXISTS (SELECT FROM held) AS is_held, EXISTS (SELECT FROM taken) AS is_taken
        """
}
