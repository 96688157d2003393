import Glibc

/// psql on the private cluster.
struct Psql {
    var program: Program
    let connection: String

    private static let common = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]

    @discardableResult
    func run(_ sql: String) throws -> String {
        let file = try Scratch.write(sql, to: "script.sql")
        return try run(file: file).text
    }

    func run(file: String) throws -> Ended {
        try program.run(Self.common + ["-f", file, connection])
    }

    /// The lines of a result of one column.
    func lines(_ sql: String) throws -> [String] {
        try run(sql).split(separator: "\n").map(String.init)
    }

    func copy(into table: String, settings: String, _ body: @escaping (_ send: ([UInt8]) throws -> Void) throws -> Void)
        throws
    {
        var program = program
        program.environment["PGOPTIONS"] = settings
        _ = try program.run(Self.common + ["-c", "COPY \(table) FROM STDIN WITH (FORMAT binary)", connection]) { pipe in
            try body { bytes in
                var sent = 0
                while sent < bytes.count {
                    let count = bytes[sent...].withUnsafeBytes { write(pipe, $0.baseAddress, $0.count) }
                    guard count > 0 else { throw BenchmarkError("psql went away during COPY") }
                    sent += count
                }
            }
        }
    }

    static func uuid(kind: Int, _ number: String) -> String {
        "('0\(kind)000000-0000-7000-8000-0000' || lpad(to_hex(\(number)), 8, '0'))::uuid"
    }

    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
}
