internal import Hashing
package import Postgres
package import Store

/// A session advisory lock: held by a connection and not by a transaction, so that nothing stays open in the
/// database while an endpoint is waited for, and gone with the process.
package struct FillingLock {
    private let key: Int64
    private let pool: PostgresPool

    package init(user: String, model: String, pool: PostgresPool) {
        let hash = ContentHash(ofText: "vocero embeddings\n\(user)\n\(model)").bytes
        key = hash.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
        self.pool = pool
    }

    /// Runs the body while the lock is held; nil, without running it, when another process holds it.
    package func whileHeld<Value: Sendable>(
        _ body: @Sendable () async -> Value
    ) async throws(StoreError) -> Value? {
        do throws(PostgresError) {
            return try await pool.withConnection { connection async throws(PostgresError) -> Value? in
                let taken = try await connection.run(
                    PostgresStatement("SELECT pg_try_advisory_lock($1::int8) AS taken", [.int8(key)]))
                guard taken.rows.first?["taken"] == .bool(true) else { return nil }
                let value = await body()
                _ = try await connection.run(
                    PostgresStatement("SELECT pg_advisory_unlock($1::int8)", [.int8(key)]))
                return value
            }
        } catch {
            throw StoreError(error, while: "the right to fill in embeddings was asked for")
        }
    }
}
