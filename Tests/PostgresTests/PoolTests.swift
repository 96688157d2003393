import Postgres
import Synchronization
import TestSupport
import Testing

struct `A pool` {
    private func pool(_ maxConnections: Int = 2) async throws -> PostgresPool {
        let string = try await TestDatabase.make().connectionString
        return PostgresPool(maxConnections: maxConnections) { () throws(PostgresError) in string }
    }

    private let processID = PostgresStatement("SELECT pg_backend_pid() AS pid, pg_sleep($1)", [.float8(0.005)])

    @Test func `serves many with few connections, which it opens when needed`() async throws {
        let pool = try await pool(3)
        let first = try await pool.run(processID).rows[0].int("pid")
        #expect(try await pool.run(processID).rows[0].int("pid") == first)
        let processes = try await withThrowingTaskGroup { group in
            for _ in 0..<40 { group.addTask { try await pool.run(processID).rows[0].int("pid") } }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(processes.count <= 3)
        #expect(processes.contains(first))
        await pool.close()
    }

    @Test func `serves in the order of asking`() async throws {
        let pool = try await pool(1)
        let (order, tasks) = (Kept<Int>(), Kept<Task<Void, any Error>>())
        try await pool.withConnection { _ throws(PostgresError) in
            for number in 0..<5 {
                tasks.append(
                    Task { try await pool.withConnection { _ throws(PostgresError) in order.append(number) } })
                try? await Task.sleep(for: .milliseconds(20))
            }
        }
        for task in tasks.values { try await task.value }
        #expect(order.values == [0, 1, 2, 3, 4])
    }

    @Test(arguments: [false, true])
    func `replaces a connection that the server has ended`(whileLent: Bool) async throws {
        let pool = try await pool(1)
        let other = try await SharedDatabase.shared.connect()
        let end = { @Sendable (pid: Int) async throws(PostgresError) in
            _ = try await other.run(PostgresStatement("SELECT pg_terminate_backend($1, 5000)", [.int8(Int64(pid))]))
        }
        let first = try await pool.withConnection { connection throws(PostgresError) in
            let pid = try await connection.run(processID).rows[0].int("pid")
            if whileLent { try await end(pid) }
            return pid
        }
        if !whileLent { try await end(first) }
        if whileLent { _ = try? await pool.run(processID) }
        #expect(try await pool.run(processID).rows[0].int("pid") != first)
    }

    @Test func `does not keep a connection that is left in a transaction`() async throws {
        let pool = try await pool(1)
        try await pool.withConnection { connection throws(PostgresError) in
            try await connection.execute(script: "BEGIN; CREATE TABLE left_open (n int)")
        }
        #expect(
            try await pool.run(PostgresStatement("SELECT to_regclass('left_open') IS NULL AS gone")).rows[0].bool(
                "gone"))
    }

    @Test func `lets a waiting task go when it is cancelled, and serves the next`() async throws {
        let pool = try await pool(1)
        try await pool.withConnection { _ throws(PostgresError) in
            let waiting = Task { try await pool.run(processID) }
            try? await Task.sleep(for: .milliseconds(20))
            waiting.cancel()
            let error = await #expect(throws: PostgresError.self) { try await waiting.value }
            #expect(error?.kind == .cancelled)
        }
        #expect(try await pool.run(processID).rows.count == 1)
    }

    @Test func `gives its place back when it cannot connect`() async throws {
        let string = try await TestDatabase.make().connectionString
        let attempts = Mutex(0)
        let pool = PostgresPool(maxConnections: 1) { () throws(PostgresError) in
            let attempt = attempts.withLock { attempts in
                attempts += 1
                return attempts
            }
            return attempt < 3 ? "host=/nonexistent" : string
        }
        for _ in 0..<2 { await #expect(throws: PostgresError.self) { try await pool.run(processID) } }
        #expect(try await pool.run(processID).rows.count == 1)
    }

    @Test func `refuses everyone once it is closed`() async throws {
        let pool = try await pool(1)
        try await pool.withConnection { _ throws(PostgresError) in
            let waiting = Task { try await pool.run(processID) }
            try? await Task.sleep(for: .milliseconds(20))
            await pool.close()
            let error = await #expect(throws: PostgresError.self) { try await waiting.value }
            #expect(error?.kind == .poolClosed)
        }
        let error = await #expect(throws: PostgresError.self) { try await pool.run(processID) }
        #expect(error?.kind == .poolClosed)
    }
}

/// What concurrent closures leave behind, in order.
private final class Kept<Value: Sendable>: Sendable {
    private let kept = Mutex<[Value]>([])

    var values: [Value] { kept.withLock(\.self) }

    func append(_ value: Value) { kept.withLock { $0.append(value) } }
}
