import Postgres
import TestSupport
import Testing

struct `A cancelled task` {
    @Test(arguments: 0..<4)
    func `stops its statement and leaves the connection usable`(attempt: Int) async throws {
        let connection = try await SharedDatabase.shared.connect()
        let task = Task { try await connection.run(PostgresStatement("SELECT pg_sleep(600)")) }
        try await Task.sleep(for: .milliseconds(attempt * 10))
        task.cancel()
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(try await connection.value("SELECT 1") == .int4(1))
    }

    @Test func `stops its pipeline, its script and its wait for a lock`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        let sleep = PostgresStatement("SELECT pg_sleep(600)")
        let uses: [@Sendable () async throws -> Void] = [
            { try await connection.pipeline([PostgresStatement("SELECT 1"), sleep, sleep]) },
            { try await connection.execute(script: "SELECT 1; SELECT pg_sleep(600); SELECT 2") },
            {
                try await connection.transaction { connection throws(PostgresError) in
                    _ = try await connection.run(sleep)
                }
            },
        ]
        for use in uses {
            let task = Task { try await use() }
            try await Task.sleep(for: .milliseconds(50))
            task.cancel()
            let error = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(error?.kind == .cancelled)
            #expect(try await connection.value("SELECT 1") == .int4(1))
        }
    }

    @Test func `never stops the statement of another`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        for _ in 0..<30 {
            let cancelled = Task { try await connection.run(PostgresStatement("SELECT pg_sleep(0.002)")) }
            let other = Task { try await connection.run(PostgresStatement("SELECT 7 AS n FROM pg_sleep(0.003)")) }
            cancelled.cancel()
            #expect(try await other.value.rows[0].int("n") == 7)
            _ = try? await cancelled.value
        }
    }

    @Test func `is told apart from the server's own timeout`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        try await connection.execute(script: "SET statement_timeout = 10")
        let error = await #expect(throws: PostgresError.self) {
            try await connection.run(PostgresStatement("SELECT pg_sleep(600)"))
        }
        #expect(error?.kind == .server)
        #expect(error?.sqlState == "57014")
    }

    @Test func `sends nothing when it was cancelled before`() async throws {
        let connection = try await connectToOwnDatabase()
        try await connection.execute(script: "CREATE TABLE t (n int)")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await connection.run(PostgresStatement("INSERT INTO t VALUES (1)"))
        }
        await #expect(throws: PostgresError.self) { try await task.value }
        #expect(try await connection.value("SELECT count(*) FROM t") == .int8(0))
    }
}

struct `A transaction` {
    @Test func `is there as a whole, or not at all`() async throws {
        let connection = try await connectToOwnDatabase()
        try await connection.execute(script: "CREATE TABLE t (n int)")
        let insert = PostgresStatement("INSERT INTO t VALUES (1)")
        let value = try await connection.transaction { connection throws(PostgresError) in
            try await connection.pipeline([insert, insert])
            return "kept"
        }
        #expect(value == "kept")
        await #expect(throws: PostgresError.self) {
            try await connection.transaction { connection throws(PostgresError) in
                try await connection.run(insert)
                throw PostgresError(.misuse, message: "changed my mind")
            }
        }
        #expect(try await connection.value("SELECT count(*) FROM t") == .int8(2))
    }

    @Test func `does not hide that a statement in it failed`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.transaction { connection throws(PostgresError) in
                _ = try? await connection.run(PostgresStatement("SELECT 1/0"))
            }
        }
        #expect(error?.sqlState == "25P02")
    }

    @Test func `is refused inside another`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.transaction { connection throws(PostgresError) in
                try await connection.transaction { _ throws(PostgresError) in }
            }
        }
        #expect(error?.kind == .misuse)
        try await connection.transaction { _ throws(PostgresError) in }
    }

    @Test func `whose connection breaks says so, also at its end`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        let other = try await SharedDatabase.shared.connect()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.transaction { connection throws(PostgresError) in
                let pid = try await connection.run(PostgresStatement("SELECT pg_backend_pid() AS pid")).rows[0].int(
                    "pid")
                try await other.run(PostgresStatement("SELECT pg_terminate_backend($1, 5000)", [.int8(Int64(pid))]))
            }
        }
        #expect(error?.kind == .connection)
        #expect(error?.sqlState == "08007")
    }
}
