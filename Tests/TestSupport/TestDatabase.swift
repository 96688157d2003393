internal import FoundationEssentials
internal import Postgres

/// A database of a test's own.
package struct TestDatabase: Sendable {
    package let connectionString: String

    /// Creates an empty database with pgvector on the test run's server.
    package static func make() async throws -> TestDatabase {
        let server = ProcessInfo.processInfo.environment["VOCERO_TEST_SERVER"] ?? "host=/tmp/devpg/sock user=vocero"
        let name = "test_" + UUID().uuidString.lowercased().filter { $0 != "-" }
        let connection = try await PostgresConnection.connect(to: server + " dbname=postgres")
        try await connection.execute(script: "CREATE DATABASE \(name)")
        await connection.close()
        return TestDatabase(connectionString: server + " dbname=\(name)")
    }
}
