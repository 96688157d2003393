/// Connections to one database, opened when first needed, at most `maxConnections`. A broken one is replaced.
package final class PostgresPool: Sendable {
    /// `connectionString` is asked for at each new connection: the private cluster may have to start first.
    package init(
        maxConnections: Int = 4,
        connectionString: @escaping @Sendable () async throws(PostgresError) -> String
    ) {
        fatalError("contract only")
    }

    /// Lends a connection to `body`. A statement that failed because the kept connection had died is not run
    /// again here: the caller knows whether that is safe.
    package func withConnection<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        fatalError("contract only")
    }

    /// Closes what is idle and refuses further use.
    package func close() async {}
}
