internal import Assistant
internal import FoundationEssentials
internal import Postgres

/// Reads the columns of one row; a column that is missing or of another type means that the database has
/// another schema than this program.
struct RowReader {
    private let row: PostgresRow
    private let doing: String

    init(_ row: PostgresRow, while doing: String) {
        self.row = row
        self.doing = doing
    }

    private func read<Value>(_ name: String, _ take: (PostgresValue) -> Value?) throws(JournalError) -> Value {
        guard let value = row[name].flatMap(take) else {
            throw JournalError(
                .schemaVersion, "The column \(name) is not what this program expects (while \(doing)).")
        }
        return value
    }

    private func readOptional<Value>(
        _ name: String, _ take: (PostgresValue) -> Value?
    ) throws(JournalError) -> Value? {
        if row[name] == .null { return nil }
        return try read(name, take)
    }

    func text(_ name: String) throws(JournalError) -> String { try read(name, Self.text) }
    func optionalText(_ name: String) throws(JournalError) -> String? { try readOptional(name, Self.text) }
    func uuid(_ name: String) throws(JournalError) -> UUID { try read(name, Self.uuid) }
    func optionalUUID(_ name: String) throws(JournalError) -> UUID? { try readOptional(name, Self.uuid) }
    func date(_ name: String) throws(JournalError) -> Date { try read(name, Self.date) }
    func optionalDate(_ name: String) throws(JournalError) -> Date? { try readOptional(name, Self.date) }
    func integer(_ name: String) throws(JournalError) -> Int { try read(name, Self.integer) }
    func double(_ name: String) throws(JournalError) -> Double { try read(name, Self.double) }
    func optionalDouble(_ name: String) throws(JournalError) -> Double? { try readOptional(name, Self.double) }
    func bool(_ name: String) throws(JournalError) -> Bool { try read(name, Self.bool) }
    func optionalBytes(_ name: String) throws(JournalError) -> [UInt8]? { try readOptional(name, Self.bytes) }
    func vector(_ name: String) throws(JournalError) -> [Float] { try read(name, Self.vector) }

    private static func text(_ value: PostgresValue) -> String? {
        if case .text(let text) = value { text } else { nil }
    }

    private static func uuid(_ value: PostgresValue) -> UUID? {
        if case .uuid(let uuid) = value { uuid } else { nil }
    }

    private static func date(_ value: PostgresValue) -> Date? {
        if case .timestamptz(let date) = value { date } else { nil }
    }

    private static func integer(_ value: PostgresValue) -> Int? {
        switch value {
        case .int2(let number): Int(number)
        case .int4(let number): Int(number)
        case .int8(let number): Int(number)
        default: nil
        }
    }

    private static func double(_ value: PostgresValue) -> Double? {
        switch value {
        case .float8(let number): number
        case .float4(let number): Double(number)
        default: nil
        }
    }

    private static func bool(_ value: PostgresValue) -> Bool? {
        if case .bool(let flag) = value { flag } else { nil }
    }

    private static func bytes(_ value: PostgresValue) -> [UInt8]? {
        if case .bytea(let bytes) = value { bytes } else { nil }
    }

    private static func vector(_ value: PostgresValue) -> [Float]? {
        if case .vector(let numbers) = value { numbers } else { nil }
    }
}
