import FoundationEssentials
import JSON
import Postgres
import Testing

struct `A value` {
    @Test(
        arguments: [
            ("bool", .bool(true)), ("bool", .bool(false)), ("bool", .null),
            ("int2", .int2(.min)), ("int2", .int2(.max)), ("int4", .int4(.min)), ("int4", .int4(.max)),
            ("int8", .int8(.min)), ("int8", .int8(.max)), ("int8", .int8(0)),
            ("float4", .float4(.greatestFiniteMagnitude)), ("float4", .float4(-.infinity)),
            ("float4", .float4(.leastNonzeroMagnitude)),
            ("float8", .float8(.greatestFiniteMagnitude)), ("float8", .float8(.infinity)),
            ("float8", .float8(.leastNonzeroMagnitude)),
            ("float8", .float8(-0.1)),
            ("numeric", .numeric("0")), ("numeric", .numeric("-12345678901234567890.000123")),
            ("numeric", .numeric("0.10")),
            ("numeric", .numeric("100000000")), ("numeric", .numeric("0.00000001")), ("numeric", .numeric("NaN")),
            ("numeric", .numeric("-Infinity")), ("numeric", .numeric("9999.9999")),
            ("text", .text("")), ("text", .text("ñ 😀 e\u{301} \u{1}\u{7f}\u{2028}\u{feff}")),
            ("text", .text("a'b\"c\\d;--")),
            ("text", .text(String(repeating: "x", count: 1 << 20))),
            ("varchar", .text("v")), ("name", .text("n")),
            ("bytea", .bytea([])), ("bytea", .bytea(Array(0...255))),
            ("uuid", .uuid(UUID(uuid: (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255)))),
            ("jsonb", .jsonb(["a": [1, 2.5, nil, true, "ñ\n\"\\"], "": [:]])), ("jsonb", .jsonb(nil)),
            ("jsonb", .jsonb([])),
            ("jsonb", .jsonb(.string("\\u0000"))),
            ("vector", .vector([0])), ("vector", .vector([1e-30, -3.4e38, 0.1])),
            ("vector", .vector((0..<1536).map { Float($0) / 7 })),
            ("vector", .vector(Array(repeating: -1, count: 16_000))),
            ("halfvec", .vector([0.5, -65_504])),
            ("bit(1)", .bit([0x80], count: 1)), ("bit(9)", .bit([0xa5, 0x80], count: 9)),
            ("bit(1536)", .bit(Array(repeating: 0x5a, count: 192), count: 1536)), ("varbit", .bit([], count: 0)),
            ("text[]", .textArray([])), ("text[]", .textArray(["", "NULL", "a,b", "{\"\\}", "ñ"])),
            ("int8[]", .int8Array([.min, 0, .max])), ("int4[]", .int8Array([-1, 1])), ("int2[]", .int8Array([7])),
            ("uuid[]", .uuidArray([UUID(uuid: (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))])),
        ] as [(String, PostgresValue)])
    func `comes back as it was sent`(type: String, value: PostgresValue) async throws {
        let connection = try await SharedDatabase.shared.connect()
        #expect(try await connection.value("SELECT $1::\(type)", value) == value)
    }

    @Test(
        arguments: [
            ("2026-11-22T23:31:23.123456Z", "2026-11-22 23:31:23.123456+00"), ("1999-12-31T23:59:59.999999Z", nil),
            ("1970-01-01T00:00:00Z", nil), ("2000-01-01T00:00:00Z", nil), ("1900-02-28T12:00:00.000001Z", nil),
        ] as [(String, String?)])
    func `that is a date keeps its microseconds`(iso: String, text: String?) async throws {
        let connection = try await SharedDatabase.shared.connect()
        let read = try #require(try await connection.value("SELECT $1::timestamptz", .text(iso)))
        let row = try await connection.run(
            PostgresStatement(
                "SELECT $1::timestamptz = $2::text::timestamptz AS same, $1::timestamptz AS date", [read, .text(iso)])
        ).rows[0]
        #expect(try row.bool("same"))
        #expect(row["date"] == read)
        if let text {
            _ = try await connection.execute(script: "SET TimeZone = 'UTC'")
            #expect(try await connection.value("SELECT $1::timestamptz::text", read) == .text(text))
        }
    }

    @Test func `of any bit pattern comes back as a float`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let number = Double(bitPattern: generator.next())
            let read = try await connection.value("SELECT $1::float8", .float8(number))
            guard case .float8(let back)? = read else {
                Issue.record("not a float8")
                return
            }
            #expect(back.bitPattern == number.bitPattern || (back.isNaN && number.isNaN))
        }
    }

    @Test(
        arguments: [
            ("int4", .int8(7), .int4(7)), ("int2", .int8(-7), .int2(-7)), ("int8", .int2(7), .int8(7)),
            ("float8", .int4(7), .float8(7)), ("float4", .float8(0.5), .float4(0.5)), ("oid", .int8(7), .int8(7)),
            ("numeric", .int8(-7), .numeric("-7")), ("numeric", .float8(0.25), .numeric("0.25")),
            ("float8", .numeric("2.5"), .float8(2.5)),
            (
                "uuid", .text("00010203-0405-0607-0809-0a0b0c0d0eff"),
                .uuid(UUID(uuid: (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255)))
            ),
            ("jsonb", .text("{\"a\": 1}"), .jsonb(["a": 1])), ("json", .text("{\"a\": 1}"), .text("{\"a\": 1}")),
            ("json", .jsonb(["a": 1]), .text("{\"a\":1}")), ("vector", .text("[1,2]"), .vector([1, 2])),
            ("int4[]", .textArray(["1", "2"]), .int8Array([1, 2])), ("bool", .text("yes"), .bool(true)),
        ] as [(String, PostgresValue, PostgresValue)])
    func `is sent as the type the server expects`(type: String, sent: PostgresValue, read: PostgresValue) async throws {
        let connection = try await SharedDatabase.shared.connect()
        #expect(try await connection.value("SELECT $1::\(type)", sent) == read)
    }

    @Test(
        arguments: [
            ("int4", .int8(1 << 31)), ("int2", .int4(40_000)), ("oid", .int8(-1)), ("float4", .float8(1e300)),
            ("int4[]", .int8Array([1 << 40])), ("uuid", .int8(1)), ("text", .int8(1)), ("int4", .bool(true)),
            ("bytea", .uuid(UUID())), ("text", .text("a\0b")), ("varchar", .text("\0")), ("text[]", .textArray(["\0"])),
            ("jsonb", .jsonb(["a": ["b\0"]])), ("jsonb", .jsonb(["\0": 1])), ("int4", .text("1\0")),
            ("vector", .vector([])), ("vector", .vector([.nan])), ("vector", .vector([.infinity])),
            ("vector", .vector(Array(repeating: 1, count: 16_001))), ("halfvec", .vector([70_000])),
            ("bit(8)", .bit([1, 2], count: 8)), ("bit(8)", .bit([], count: -1)), ("int4", .unknown(typeOID: 25, [1])),
            ("timestamptz", .float8(1)),
        ] as [(String, PostgresValue)])
    func `that does not fit is refused before it is sent`(type: String, value: PostgresValue) async throws {
        let connection = try await SharedDatabase.shared.connect()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.run(PostgresStatement("SELECT $1::\(type)", [value]))
        }
        #expect(error?.kind == .decoding)
        #expect(error?.message.hasPrefix("Parameter $1: ") == true)
        #expect(try await connection.value("SELECT 1") == .int4(1))
    }

    // As numbers: a Date of NaN cannot even be printed.
    @Test(arguments: [Double.nan, .infinity, 1e13, -3e11, 1e300])
    func `that is a date beyond the server's is refused`(seconds: Double) async throws {
        let connection = try await SharedDatabase.shared.connect()
        let error = await #expect(throws: PostgresError.self) {
            let date = Date(timeIntervalSinceReferenceDate: seconds)
            try await connection.run(PostgresStatement("SELECT $1::timestamptz", [.timestamptz(date)]))
        }
        #expect(error?.kind == .decoding)
    }

    @Test(arguments: [
        "'infinity'::timestamptz", "ARRAY[1, NULL]", "ARRAY[[1],[2]]", "'1e999'::jsonb", "point(1, 2)",
        "'1 day'::interval", "ROW(1, 'a')",
    ])
    func `that Swift has no place for comes as it is`(expression: String) async throws {
        let connection = try await SharedDatabase.shared.connect()
        guard case .unknown(_, let bytes)? = try await connection.value("SELECT \(expression)") else {
            Issue.record("\(expression) was read")
            return
        }
        #expect(!bytes.isEmpty)
    }

    @Test func `of an enumeration or a domain is read and written`() async throws {
        let connection = try await connectToOwnDatabase()
        try await connection.execute(
            script: """
                CREATE TYPE mood AS ENUM ('sad', 'happy');
                CREATE DOMAIN age AS int4 CHECK (VALUE > 0);
                CREATE DOMAIN youth AS age CHECK (VALUE < 30);
                CREATE TABLE people (mood mood, moods mood[], age youth, near vector(2));
                """)
        let result = try await connection.run(
            PostgresStatement(
                "INSERT INTO people VALUES ($1, $2, $3, $4) RETURNING *",
                [.text("happy"), .textArray(["sad", "happy"]), .int8(7), .vector([1, 2])]))
        #expect(result.affectedRows == 1)
        let row = try #require(result.rows.first)
        #expect(row["mood"] == .text("happy"))
        #expect(row["age"] == .int4(7))
        #expect(row["near"] == .vector([1, 2]))
    }
}
