import Postgres
import TestSupport
import Testing

struct `A connection` {
    @Test func `gives back what it was given`() async throws {
        let connection = try await PostgresConnection.connect(to: TestDatabase.make().connectionString)
        let values: [PostgresValue] = [
            .int8(7), .text("ñ"), .vector([1, 2.5]), .bool(true), .textArray(["a", ""]), .null,
        ]
        let result = try await connection.run(
            PostgresStatement(
                "SELECT $1::int8 a, $2::text b, $3::vector c, $4::bool d, $5::text[] e, $6::uuid f", values))
        #expect(result.rows.first?.values == values)
    }

    @Test func `stays usable when a statement of a pipeline fails`() async throws {
        let connection = try await PostgresConnection.connect(to: TestDatabase.make().connectionString)
        try await connection.execute(script: "CREATE TABLE t (n int PRIMARY KEY)")
        let insert = PostgresStatement("INSERT INTO t VALUES ($1)", [.int8(1)])
        await #expect(throws: PostgresError.self) { try await connection.pipeline([insert, insert]) }
        let results = try await connection.pipeline([insert, PostgresStatement("SELECT count(*) FROM t")])
        #expect(results.last?.rows.first?.values == [.int8(1)])
    }

    @Test func `stops a statement when its task is cancelled`() async throws {
        let connection = try await PostgresConnection.connect(to: TestDatabase.make().connectionString)
        let task = Task { try await connection.run(PostgresStatement("SELECT pg_sleep(60)")) }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        await #expect(throws: PostgresError.self) { try await task.value }
        #expect(try await connection.run(PostgresStatement("SELECT 1 AS one")).rows.count == 1)
    }

    @Test func `copies rows in`() async throws {
        let connection = try await PostgresConnection.connect(to: TestDatabase.make().connectionString)
        try await connection.execute(script: "CREATE TABLE t (n int, v vector(3))")
        let rows = (0..<1000).map { [PostgresValue.int8(Int64($0)), .vector([1, 2, Float($0)])] }
        #expect(try await connection.copyIn(table: "t", columns: ["n", "v"], rows: rows) == 1000)
    }
}
