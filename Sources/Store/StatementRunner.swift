package import Postgres

/// Runs statements of a store, each group in one round trip, all or none: the one place that says what is tried again.
///
/// What lost against another transaction (a deadlock, a failed serialization) was undone by the server and goes again.
/// What was under way when its connection broke may have been done: it goes once more where that changes nothing.
package struct StatementRunner: Sendable {
    package let pool: PostgresPool
    /// Whether to run its statements twice is as good as once.
    private let isRepeatable: Bool

    package init(_ pool: PostgresPool, isRepeatable: Bool) {
        self.pool = pool
        self.isRepeatable = isRepeatable
    }

    /// Errors: `unavailable` while there is no connection to be had or the one there was broke. `doing` says what was
    /// done, for the sentence.
    @discardableResult
    package func run(
        _ statements: [PostgresStatement], while doing: String
    ) async throws(StoreError) -> [PostgresResult] {
        let first = try await attempt(statements, while: doing)
        if case .failure(let error) = first, error.kind == .unavailable, isRepeatable, !Task.isCancelled {
            // The server may be back. What could not connect at all has thrown already.
            return try await attempt(statements, while: doing).get()
        }
        return try first.get()
    }

    /// Throws when there is no connection to be had; what happens on one is the result.
    private func attempt(
        _ statements: [PostgresStatement], while doing: String
    ) async throws(StoreError) -> Result<[PostgresResult], StoreError> {
        do throws(PostgresError) {
            return try await pool.withConnection { connection async throws(PostgresError) in
                do throws(PostgresError) {
                    return .success(try await connection.runTogether(statements))
                } catch {
                    return .failure(StoreError(error, while: doing))
                }
            }
        } catch {
            throw StoreError(error, while: doing)
        }
    }

    package func rows(_ statement: PostgresStatement, while doing: String) async throws(StoreError) -> [PostgresRow] {
        try await run([statement], while: doing).first?.rows ?? []
    }

    /// What a statement finds, a value a row.
    package func values<Value>(
        _ statement: PostgresStatement, while doing: String, _ read: (RowReader) throws(StoreError) -> Value
    ) async throws(StoreError) -> [Value] {
        try await run([statement], while: doing).first?.values(while: doing, read) ?? []
    }
}

extension PostgresConnection {
    /// Runs statements in one round trip, all or none, and again when they lost against another transaction.
    package func runTogether(_ statements: [PostgresStatement]) async throws(PostgresError) -> [PostgresResult] {
        while true {
            do throws(PostgresError) {
                guard let only = statements.first, statements.count == 1 else { return try await pipeline(statements) }
                return [try await run(only)]
            } catch {
                guard ["40P01", "40001"].contains(error.sqlState ?? ""), !Task.isCancelled else { throw error }
            }
        }
    }
}

extension PostgresResult {
    /// A value a row.
    package func values<Value>(
        while doing: String, _ read: (RowReader) throws(StoreError) -> Value
    ) throws(StoreError) -> [Value] {
        try rows.map { row throws(StoreError) in try read(RowReader(row, while: doing)) }
    }
}
