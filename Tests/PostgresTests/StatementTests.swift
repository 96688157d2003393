import Postgres
import Testing

struct `A statement` {
    @Test(arguments: [
        "'; DROP TABLE kept; --", "$1", "\\'; DROP TABLE kept; --", "' OR '1'='1", "x'; SELECT pg_sleep(9); --",
        "\u{2019}; DROP TABLE kept", "%' --", "E'\\''", "$$; DROP TABLE kept; $$", "\u{feff}'; --",
    ])
    func `takes a parameter as nothing but a value`(hostile: String) async throws {
        let connection = try await connectToOwnDatabase()
        try await connection.execute(script: "CREATE TABLE kept (word text)")
        try await connection.run(PostgresStatement("INSERT INTO kept VALUES ($1)", [.text(hostile)]))
        let result = try await connection.run(
            PostgresStatement("SELECT word FROM kept WHERE word = $1", [.text(hostile)]))
        #expect(try result.rows.map { row in try row.string("word") } == [hostile])
    }

    @Test func `is prepared once`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        for number in 0..<5 { _ = try await connection.value("SELECT $1::int4 + 1", .int8(Int64(number))) }
        let count = try await connection.value(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1::int4 + 1'")
        #expect(count == .int8(1))
    }

    @Test func `makes room for newer ones`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        for number in 0..<300 { #expect(try await connection.value("SELECT \(number)") == .int4(Int32(number))) }
        guard case .int8(let count)? = try await connection.value("SELECT count(*) FROM pg_prepared_statements") else {
            Issue.record("no count")
            return
        }
        #expect(count <= 256)
        #expect(try await connection.value("SELECT 0") == .int4(0))
    }

    @Test func `is prepared again when its table has changed`() async throws {
        let connection = try await connectToOwnDatabase()
        try await connection.execute(script: "CREATE TABLE t (a int); INSERT INTO t VALUES (1)")
        let select = PostgresStatement("SELECT * FROM t")
        #expect(try await connection.run(select).rows[0].names == ["a"])
        try await connection.execute(script: "ALTER TABLE t ADD b text DEFAULT 'x'")
        #expect(try await connection.run(select).rows[0].names == ["a", "b"])
        try await connection.execute(script: "DEALLOCATE ALL")
        #expect(try await connection.run(select).rows.count == 1)
        #expect(try await connection.pipeline([select, select]).count == 2)
    }

    @Test(arguments: [
        ("SELEC 1", "42601"), ("SELECT * FROM nowhere", "42P01"), ("SELECT 1/0", "22012"),
        ("SELECT 'x'::text::int", "22P02"), ("SELECT 1; SELECT 2", "42601"),
        ("SELECT nothing()", "42883"), ("DO $$ BEGIN RAISE 'own'; END $$", "P0001"),
    ])
    func `that the server refuses leaves the connection usable`(sql: String, state: String) async throws {
        let connection = try await SharedDatabase.shared.connect()
        let error = await #expect(throws: PostgresError.self) { try await connection.run(PostgresStatement(sql)) }
        #expect(error?.sqlState == state)
        #expect(error?.kind == .server)
        #expect(try await connection.value("SELECT 1") == .int4(1))
    }

    @Test(arguments: ["COPY pg_class TO STDOUT", "COPY numbers FROM STDIN", "SELECT 'a\0b'"])
    func `that is none is refused`(sql: String) async throws {
        let connection = try await SharedDatabase.shared.connect()
        try await connection.execute(script: "CREATE TEMP TABLE numbers (n int)")
        let error = await #expect(throws: PostgresError.self) { try await connection.run(PostgresStatement(sql)) }
        #expect(error?.kind == .misuse)
    }

    @Test func `with too few or too many parameters is refused`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        for parameters in [[], [PostgresValue.int4(1), .int4(2)]] {
            let error = await #expect(throws: PostgresError.self) {
                try await connection.run(PostgresStatement("SELECT $1::int4", parameters))
            }
            #expect(error?.kind == .misuse)
        }
    }

    @Test func `tells how many rows it touched`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        try await connection.execute(script: "CREATE TEMP TABLE n AS SELECT generate_series(1, 10) AS n")
        #expect(
            try await connection.run(PostgresStatement("UPDATE n SET n = n WHERE n > $1", [.int8(4)])).affectedRows == 6
        )
        #expect(try await connection.run(PostgresStatement("DELETE FROM n")).affectedRows == 10)
    }
}

struct `A pipeline` {
    private let insert = "INSERT INTO t VALUES ($1) RETURNING n"

    @Test func `gives the results in order`() async throws {
        let connection = try await connectToOwnDatabase()
        try await connection.execute(script: "CREATE TABLE t (n int PRIMARY KEY)")
        let results = try await connection.pipeline(
            (1...500).map { PostgresStatement(insert, [.int8($0)]) } + [
                PostgresStatement("SELECT count(*) AS n FROM t")
            ])
        #expect(try results.map { try $0.rows[0].int("n") } == Array(1...500) + [500])
        #expect(try await connection.pipeline([]).isEmpty)
    }

    @Test func `is all or none, and its first error wins`() async throws {
        let connection = try await connectToOwnDatabase()
        try await connection.execute(script: "CREATE TABLE t (n int PRIMARY KEY)")
        let error = await #expect(throws: PostgresError.self) {
            try await connection.pipeline([
                PostgresStatement(insert, [.int8(1)]), PostgresStatement(insert, [.int8(1)]),
                PostgresStatement("SELECT 1/$1::int4", [.int4(0)]), PostgresStatement(insert, [.int8(2)]),
            ])
        }
        #expect(error?.sqlState == "23505")
        #expect(error?.constraint == "t_pkey")
        #expect(try await connection.value("SELECT count(*) FROM t") == .int8(0))
    }

    @Test func `carries more than the socket's buffers both ways`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        let text = String(repeating: "x", count: 1 << 20)
        let results = try await connection.pipeline(
            Array(repeating: PostgresStatement("SELECT $1::text AS t", [.text(text)]), count: 24))
        #expect(try results.allSatisfy { try $0.rows[0].string("t") == text })
    }
}
