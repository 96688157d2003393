package import FoundationEssentials
package import JSON

/// Columns by name and type. Each throws `decoding` when the column is missing or of another type; null is an
/// error too, but for the optional ones.
extension PostgresRow {
    package func string(_ name: String) throws(PostgresError) -> String { try required(name, \.string) }
    package func optionalString(_ name: String) throws(PostgresError) -> String? { try optional(name, \.string) }

    /// Any integer, and a `numeric` that is whole.
    package func int(_ name: String) throws(PostgresError) -> Int { try required(name, \.integer) }
    package func optionalInt(_ name: String) throws(PostgresError) -> Int? { try optional(name, \.integer) }

    /// Any number; a `numeric` is rounded.
    package func double(_ name: String) throws(PostgresError) -> Double { try required(name, \.double) }
    package func optionalDouble(_ name: String) throws(PostgresError) -> Double? { try optional(name, \.double) }

    package func bool(_ name: String) throws(PostgresError) -> Bool { try required(name, \.bool) }

    package func date(_ name: String) throws(PostgresError) -> Date { try required(name, \.date) }
    package func optionalDate(_ name: String) throws(PostgresError) -> Date? { try optional(name, \.date) }

    package func uuid(_ name: String) throws(PostgresError) -> UUID { try required(name, \.uuid) }
    package func optionalUUID(_ name: String) throws(PostgresError) -> UUID? { try optional(name, \.uuid) }

    /// `json` or `jsonb`.
    package func json(_ name: String) throws(PostgresError) -> JSON { try required(name, \.json) }

    package func bytes(_ name: String) throws(PostgresError) -> [UInt8] { try required(name, \.bytes) }
    package func optionalBytes(_ name: String) throws(PostgresError) -> [UInt8]? { try optional(name, \.bytes) }

    package func vector(_ name: String) throws(PostgresError) -> [Float] { try required(name, \.vector) }

    package func strings(_ name: String) throws(PostgresError) -> [String] { try required(name, \.strings) }
    package func integers(_ name: String) throws(PostgresError) -> [Int64] { try required(name, \.integers) }
    package func uuids(_ name: String) throws(PostgresError) -> [UUID] { try required(name, \.uuids) }

    private func required<Value>(
        _ name: String, _ take: (PostgresValue) -> Value?
    ) throws(PostgresError) -> Value {
        guard let value = try optional(name, take) else {
            throw PostgresError(.decoding, message: "The column \(name) is null, where \(Value.self) is expected.")
        }
        return value
    }

    private func optional<Value>(
        _ name: String, _ take: (PostgresValue) -> Value?
    ) throws(PostgresError) -> Value? {
        guard let column = self[name] else {
            let known = names.joined(separator: ", ")
            throw PostgresError(.decoding, message: "The result has no column \(name); it has \(known).")
        }
        if case .null = column { return nil }
        guard let value = take(column) else {
            throw PostgresError(
                .decoding, message: "The column \(name) of type \(column.typeName) does not read as \(Value.self).")
        }
        return value
    }
}

extension PostgresValue {
    fileprivate var string: String? { if case .text(let text) = self { text } else { nil } }
    fileprivate var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
    fileprivate var date: Date? { if case .timestamptz(let date) = self { date } else { nil } }
    fileprivate var uuid: UUID? { if case .uuid(let uuid) = self { uuid } else { nil } }
    fileprivate var bytes: [UInt8]? { if case .bytea(let bytes) = self { bytes } else { nil } }
    fileprivate var vector: [Float]? { if case .vector(let numbers) = self { numbers } else { nil } }
    fileprivate var strings: [String]? { if case .textArray(let texts) = self { texts } else { nil } }
    fileprivate var integers: [Int64]? { if case .int8Array(let integers) = self { integers } else { nil } }
    fileprivate var uuids: [UUID]? { if case .uuidArray(let uuids) = self { uuids } else { nil } }

    fileprivate var integer: Int? {
        switch self {
        case .int2(let integer): Int(integer)
        case .int4(let integer): Int(integer)
        case .int8(let integer): Int(integer)
        case .numeric(let digits): Int(digits)
        default: nil
        }
    }

    fileprivate var double: Double? {
        switch self {
        case .float4(let number): Double(number)
        case .float8(let number): number
        case .numeric(let digits): Double(digits)
        default: integer.map(Double.init)
        }
    }

    fileprivate var json: JSON? {
        switch self {
        case .jsonb(let json): json
        case .text(let text): try? JSON(parsing: text)
        default: nil
        }
    }
}
