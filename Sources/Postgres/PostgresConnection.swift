internal import Blocking

/// A statement with its parameters (`$1`, `$2`, …). The same text is prepared once a connection.
package struct PostgresStatement: Sendable {
    package var sql: String
    package var parameters: [PostgresValue]

    package init(_ sql: String, _ parameters: [PostgresValue] = []) {
        self.sql = sql
        self.parameters = parameters
    }
}

/// One libpq connection on a serial queue of its own.
package actor PostgresConnection {
    /// Connects by a connection string (`postgresql://…` or `host=… dbname=…`; libpq's `PG*` variables fill in
    /// what it leaves out).
    package static func connect(to connectionString: String) async throws(PostgresError) -> PostgresConnection {
        fatalError("contract only")
    }

    /// Runs one prepared statement with binary parameters and results. Cancelling the task cancels the statement.
    @discardableResult
    package func run(_ statement: PostgresStatement) async throws(PostgresError) -> PostgresResult {
        fatalError("contract only")
    }

    /// Runs statements in one round trip and one implicit transaction: all or none. The results are in order.
    @discardableResult
    package func pipeline(_ statements: [PostgresStatement]) async throws(PostgresError) -> [PostgresResult] {
        fatalError("contract only")
    }

    /// Runs SQL text of any number of statements without parameters (migrations, settings).
    package func execute(script: String) async throws(PostgresError) {
        fatalError("contract only")
    }

    /// COPY … FROM STDIN (FORMAT binary): all rows or none. Gives the number of rows.
    @discardableResult
    package func copyIn(
        table: String, columns: [String], rows: [[PostgresValue]]
    ) async throws(PostgresError) -> Int {
        fatalError("contract only")
    }

    package func close() {}
}

extension PostgresConnection {
    /// Runs a body between BEGIN and COMMIT, or ROLLBACK when it throws.
    package func transaction<Value: Sendable, Failure: Error>(
        _ body: (isolated PostgresConnection) async throws(Failure) -> Value,
        mapping: (PostgresError) -> Failure
    ) async throws(Failure) -> Value {
        fatalError("contract only")
    }
}
