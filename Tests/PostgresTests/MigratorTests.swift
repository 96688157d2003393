import Postgres
import TestSupport
import Testing

struct `Migrations` {
    private let first = PostgresMigration(1, "tables", "CREATE TABLE a (n int); CREATE TABLE b (n int);")
    private let second = PostgresMigration(2, "rows", "INSERT INTO a VALUES (1); SELECT pg_sleep(0.05);")
    private let third = PostgresMigration(5, "more", "INSERT INTO a VALUES (2);")

    @Test func `are applied once and in order`() async throws {
        let connection = try await connectToOwnDatabase()
        let early = PostgresMigrator([first, second])
        #expect(try await early.pending(on: connection) == [first, second])
        #expect(try await early.migrate(connection) == [first, second])
        #expect(try await early.migrate(connection).isEmpty)
        #expect(try await PostgresMigrator([first, second, third]).migrate(connection) == [third])
        #expect(
            try await connection.value("SELECT array_agg(number ORDER BY applied_at) FROM schema_migrations")
                == .int8Array([1, 2, 5]))
        #expect(try await connection.value("SELECT sum(n) FROM a") == .int8(3))
    }

    @Test func `are applied once, whoever comes at the same time`() async throws {
        let database = try await TestDatabase.make()
        let migrator = PostgresMigrator([first, second, third])
        let applied = try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    let connection = try await PostgresConnection.connect(to: database.connectionString)
                    let applied = try await migrator.migrate(connection)
                    await connection.close()
                    return applied.count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(applied == 3)
        let connection = try await PostgresConnection.connect(to: database.connectionString)
        #expect(try await connection.value("SELECT count(*) FROM a") == .int8(2))
    }

    @Test func `of a newer program are refused, and nothing is touched`() async throws {
        let connection = try await connectToOwnDatabase()
        try await PostgresMigrator([first, third]).migrate(connection)
        let changed = PostgresMigration(1, "tables", first.sql + " ")
        let refused: [([PostgresMigration], String)] = [
            ([first], "Update this program"), ([first, second, third], "another line"),
            ([changed, third], "another text"),
            ([], "Update this program"),
        ]
        for (migrations, words) in refused {
            let error = await #expect(throws: PostgresError.self) {
                try await PostgresMigrator(migrations).migrate(connection)
            }
            #expect(error?.kind == .schemaMismatch)
            #expect(error?.message.contains(words) == true)
        }
        #expect(try await connection.value("SELECT count(*) FROM schema_migrations") == .int8(2))
        #expect(try await connection.value("SELECT count(*) FROM a") == .int8(1))
    }

    @Test func `keep what was applied before one fails`() async throws {
        let connection = try await connectToOwnDatabase()
        let broken = PostgresMigration(2, "broken", "INSERT INTO a VALUES (1); SELECT 1/0;")
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresMigrator([first, broken]).migrate(connection)
        }
        #expect(error?.message == "Migration 2 (broken) failed: division by zero")
        #expect(try await PostgresMigrator([first]).pending(on: connection).isEmpty)
        #expect(try await connection.value("SELECT count(*) FROM a") == .int8(0))
        #expect(try await PostgresMigrator([first, second]).migrate(connection) == [second])
    }

    @Test func `that end their own transaction are refused`() async throws {
        let connection = try await connectToOwnDatabase()
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresMigrator([PostgresMigration(1, "loose", "COMMIT; SELECT 1")]).migrate(connection)
        }
        #expect(error?.kind == .misuse)
    }

    @Test func `give up their lock when the task is cancelled`() async throws {
        let database = try await TestDatabase.make()
        let connection = try await PostgresConnection.connect(to: database.connectionString)
        let slow = PostgresMigrator([first, PostgresMigration(2, "slow", "SELECT pg_sleep(600)")])
        let task = Task { try await slow.migrate(connection) }
        try await Task.sleep(for: .milliseconds(100))
        task.cancel()
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        let other = try await PostgresConnection.connect(to: database.connectionString)
        try await PostgresMigrator([first, second]).migrate(other)
        #expect(try await connection.value("SELECT count(*) FROM a") == .int8(1))
    }
}
