import Postgres
import TestSupport

/// One database for all tests that leave nothing in it.
actor SharedDatabase {
    static let shared = SharedDatabase()

    private var database: Task<TestDatabase, any Error>?

    func connect() async throws -> PostgresConnection {
        let database = database ?? Task { try await TestDatabase.make() }
        self.database = database
        return try await PostgresConnection.connect(to: database.value.connectionString)
    }
}

/// A connection to a database of the test's own.
func connectToOwnDatabase() async throws -> PostgresConnection {
    try await PostgresConnection.connect(to: TestDatabase.make().connectionString)
}

extension PostgresConnection {
    /// The one value of a query of one row and one column.
    func value(_ sql: String, _ parameters: PostgresValue...) async throws -> PostgresValue? {
        try await run(PostgresStatement(sql, parameters)).rows.first?.values.first
    }
}
