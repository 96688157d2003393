import Postgres
import Testing

struct `Rows copied in` {
    @Test func `arrive, ten thousand with their vectors`() async throws {
        let connection = try await connectToOwnDatabase()
        try await connection.execute(script: "CREATE TABLE \"odd \"\"name\" (n int, v vector(8), t text)")
        let rows = (0..<10_000).lazy.map { number -> [PostgresValue] in
            [
                .int8(Int64(number)), .vector(Array(repeating: Float(number), count: 8)),
                number % 2 == 0 ? .null : .text("ñ"),
            ]
        }
        #expect(
            try await connection.copyIn(table: "public.odd \"name", columns: ["n", "v", "t"], rows: rows) == 10_000)
        let row = try await connection.run(
            PostgresStatement(
                "SELECT count(*) AS n, count(t) AS t, max(v::real[]) = min(v::real[]) AS same FROM \"odd \"\"name\"")
        )
        .rows[0]
        #expect(try row.int("n") == 10_000)
        #expect(try row.int("t") == 5_000)
    }

    @Test(arguments: [
        [PostgresValue.int8(1 << 40)], [.text("7")], [.int8(1), .int8(2)], [.int8(-1)], [],
    ])
    func `are none when one is refused`(bad: [PostgresValue]) async throws {
        let connection = try await connectToOwnDatabase()
        try await connection.execute(script: "CREATE TABLE t (n int CHECK (n >= 0))")
        let rows = (0..<5_000).map { [PostgresValue.int8($0)] } + [bad]
        await #expect(throws: PostgresError.self) {
            try await connection.copyIn(table: "t", columns: ["n"], rows: rows)
        }
        #expect(try await connection.value("SELECT count(*) FROM t") == .int8(0))
        #expect(try await connection.copyIn(table: "t", columns: ["n"], rows: [[.int4(1)]]) == 1)
    }

    @Test func `stop when the task is cancelled`() async throws {
        let connection = try await connectToOwnDatabase()
        try await connection.execute(script: "CREATE TABLE t (n int)")
        let copy = Task {
            try await connection.copyIn(table: "t", columns: ["n"], rows: Endless(row: [.int4(1)]))
        }
        try await Task.sleep(for: .milliseconds(100))
        copy.cancel()
        await #expect(throws: PostgresError.self) { try await copy.value }
        #expect(try await connection.value("SELECT count(*) FROM t") == .int8(0))
    }
}

/// The same row for ever.
private struct Endless: Sequence, IteratorProtocol, Sendable {
    let row: [PostgresValue]

    func next() -> [PostgresValue]? { row }
}
