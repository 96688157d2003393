internal import FoundationEssentials
internal import Postgres
internal import Services

/// A database of a test's own, with pgvector in it.
package struct TestDatabase: Sendable {
    package let connectionString: String

    /// Creates an empty database on the test run's own server, which the first call starts.
    package static func make() async throws -> TestDatabase {
        let server = try await TestCluster.shared.connectionString()
        let name = "test_" + UUID().uuidString.lowercased().filter { $0 != "-" }
        let connection = try await PostgresConnection.connect(to: TestCluster.database("postgres", on: server))
        try await connection.execute(script: "CREATE DATABASE \(name) TEMPLATE vocero STRATEGY file_copy")
        await connection.close()
        return TestDatabase(connectionString: TestCluster.database(name, on: server))
    }
}

/// The throw-away server of one test process.
package actor TestCluster {
    package static let shared = TestCluster()

    private var start: Task<String, any Error>?

    /// How to reach its empty database `vocero`, the template of all others.
    package func connectionString() async throws -> String {
        let start =
            self.start
            ?? Task {
                let cluster = PrivateCluster(home: try await TestRun.shared.home(), profile: .disposable)
                return try await cluster.connectionString()
            }
        self.start = start
        return try await start.value
    }

    /// The same server, another database.
    package static func database(_ name: String, on connectionString: String) -> String {
        connectionString.replacing(" dbname=vocero ", with: " dbname=\(name) ")
    }
}
