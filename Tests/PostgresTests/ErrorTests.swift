import JSON
import Postgres
import Testing

struct `An error` {
    @Test(arguments: [
        ("SELECT $1::text::int", PostgresValue.text("hunter2secret")),
        ("SELECT $1::text::jsonb", .text("\"hunter2secret")),
        ("SELECT $1::text::uuid", .text("hunter2\"secret\"hunter2secret")), ("SELECT $1::int", .text("hunter2secret")),
        ("SELECT $1::timestamptz", .text("hunter2secret")), ("INSERT INTO secrets VALUES ($1)", .text("hunter2secret")),
        ("SELECT $1::uuid", .bytea(Array("hunter2secret".utf8))), ("SELECT $1::vector", .text("[hunter2secret]")),
    ])
    func `does not show what was sent`(sql: String, value: PostgresValue) async throws {
        let connection = try await SharedDatabase.shared.connect()
        try await connection.execute(
            script: "CREATE TEMP TABLE secrets (word text UNIQUE); INSERT INTO secrets VALUES ('hunter2secret')")
        let error = await #expect(throws: PostgresError.self) {
            try await connection.run(PostgresStatement(sql, [value]))
        }
        let shown = "\(error.debugDescription) \(String(describing: error)) \(error?.message ?? "")"
        #expect(!shown.contains("secret\""), "\(shown)")
        #expect(!shown.contains("hunter2secret"), "\(shown)")
    }

    @Test func `carries what the server says beside it`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        try await connection.execute(script: "CREATE TEMP TABLE t (n int CONSTRAINT positive CHECK (n > 0))")
        let error = await #expect(throws: PostgresError.self) {
            try await connection.run(PostgresStatement("INSERT INTO t VALUES ($1)", [.int8(-7)]))
        }
        #expect(error?.sqlState == "23514")
        #expect(error?.constraint == "positive")
        #expect(error?.detail == "Failing row contains (-7).")
        #expect(
            error?.description == "new row for relation \"t\" violates check constraint \"positive\" (SQLSTATE 23514)")
    }
}

struct `A row` {
    private let row = PostgresRow(
        names: ["n", "t", "none", "d", "j"],
        values: [.int2(7), .text("{\"a\":1}"), .null, .numeric("2.50"), .jsonb([1])])

    @Test func `is read by name and type`() throws {
        #expect(try row.int("n") == 7)
        #expect(try row.double("n") == 7)
        #expect(try row.double("d") == 2.5)
        #expect(try row.string("t") == "{\"a\":1}")
        #expect(try row.json("t") == ["a": 1])
        #expect(try row.json("j") == [1])
        #expect(try row.optionalString("none") == nil)
        #expect(try row.optionalInt("n") == 7)
    }

    @Test func `says which column does not read as what was asked`() {
        let reads: [(String, (PostgresRow) throws -> Any)] = [
            ("The result has no column missing; it has n, t, none, d, j.", { try $0.optionalInt("missing") as Any }),
            ("The column none is null, where Int is expected.", { try $0.int("none") }),
            ("The column t of type text does not read as Int.", { try $0.int("t") }),
            ("The column d of type numeric does not read as Int.", { try $0.int("d") }),
        ]
        for (message, read) in reads {
            let error = #expect(throws: PostgresError.self) { try read(row) }
            #expect(error?.kind == .decoding)
            #expect(error?.message == message)
        }
    }
}
