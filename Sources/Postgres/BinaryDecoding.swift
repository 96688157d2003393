internal import FoundationEssentials
internal import JSON

/// Reads PostgreSQL's binary results from the front. Throws `decoding` where the bytes end too soon.
struct BinaryReader {
    private var bytes: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    var isAtEnd: Bool { bytes.isEmpty }

    mutating func take(_ count: Int) throws(PostgresError) -> ArraySlice<UInt8> {
        guard count >= 0, bytes.count >= count else { throw PostgresError(.decoding, message: "a column is cut short") }
        defer { bytes = bytes.dropFirst(count) }
        return bytes.prefix(count)
    }

    mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws(PostgresError) -> Number
    {
        var number: Number = 0
        for byte in try take(Number.bitWidth / 8) { number = number << 8 | Number(truncatingIfNeeded: byte) }
        return number
    }

    mutating func rest() -> [UInt8] {
        defer { bytes = [] }
        return Array(bytes)
    }
}

extension PostgresValue {
    /// Reads a column that is not null. `typeName` is asked for only for user-defined types.
    static func decode(
        _ bytes: [UInt8], type: UInt32, typeName: (UInt32) -> String?
    ) throws(PostgresError) -> PostgresValue {
        var reader = BinaryReader(bytes)
        switch type {
        case TypeOID.bool: return .bool(try reader.integer(UInt8.self) != 0)
        case TypeOID.int2: return .int2(try reader.integer())
        case TypeOID.int4: return .int4(try reader.integer())
        case TypeOID.int8: return .int8(try reader.integer())
        case TypeOID.oid: return .int8(Int64(try reader.integer(UInt32.self)))
        case TypeOID.float4: return .float4(Float(bitPattern: try reader.integer()))
        case TypeOID.float8: return .float8(Double(bitPattern: try reader.integer()))
        case TypeOID.numeric: return .float8(try numeric(&reader))
        case TypeOID.text, TypeOID.varchar, TypeOID.bpchar, TypeOID.name, TypeOID.unknown, TypeOID.json, TypeOID.void:
            return .text(String(decoding: bytes, as: UTF8.self))
        case TypeOID.bytea: return .bytea(bytes)
        case TypeOID.uuid: return .uuid(try uuid(&reader))
        case TypeOID.timestamptz, TypeOID.timestamp: return .timestamptz(try timestamp(&reader))
        case TypeOID.jsonb: return try jsonb(&reader)
        case TypeOID.bit, TypeOID.varbit:
            let count = Int(try reader.integer(Int32.self))
            return .bit(reader.rest(), count: count)
        case TypeOID.textArray, TypeOID.varcharArray, TypeOID.int8Array, TypeOID.int4Array, TypeOID.uuidArray:
            return try array(&reader, type: type)
        case TypeOID.firstUserDefined...: return try userDefined(bytes, type: type, name: typeName(type))
        default: return .unknown(typeOID: type, bytes)
        }
    }

    private static func uuid(_ reader: inout BinaryReader) throws(PostgresError) -> UUID {
        let b = Array(try reader.take(16))
        return UUID(
            uuid: (
                b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]
            ))
    }

    private static func timestamp(_ reader: inout BinaryReader) throws(PostgresError) -> Date {
        let microseconds: Int64 = try reader.integer()
        return Date(timeIntervalSince1970: Double(microseconds) / 1_000_000 + postgresEpoch)
    }

    private static func jsonb(_ reader: inout BinaryReader) throws(PostgresError) -> PostgresValue {
        guard try reader.integer(UInt8.self) == 1 else {
            throw PostgresError(.decoding, message: "a jsonb column of an unknown version")
        }
        do throws(JSONError) {
            return .jsonb(try JSON(parsing: reader.rest()))
        } catch {
            throw PostgresError(.decoding, message: "a jsonb column: \(error)")
        }
    }

    private static func userDefined(_ bytes: [UInt8], type: UInt32, name: String?) throws(PostgresError)
        -> PostgresValue
    {
        guard name == "vector" else {
            // Enumerations and domains over text are sent as their text.
            return .unknown(typeOID: type, bytes)
        }
        var reader = BinaryReader(bytes)
        let count = Int(try reader.integer(Int16.self))
        _ = try reader.integer(Int16.self)
        var values: [Float] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(Float(bitPattern: try reader.integer())) }
        return .vector(values)
    }

    private static func array(_ reader: inout BinaryReader, type: UInt32) throws(PostgresError) -> PostgresValue {
        let dimensions: Int32 = try reader.integer()
        _ = try reader.integer(Int32.self)
        _ = try reader.integer(UInt32.self)
        var elements: [[UInt8]] = []
        if dimensions > 0 {
            guard dimensions == 1 else {
                throw PostgresError(.decoding, message: "an array of more than one dimension")
            }
            let count: Int32 = try reader.integer()
            _ = try reader.integer(Int32.self)
            for _ in 0..<max(0, count) {
                let length: Int32 = try reader.integer()
                guard length >= 0 else { throw PostgresError(.decoding, message: "an array with a null in it") }
                elements.append(Array(try reader.take(Int(length))))
            }
        }
        return try array(of: elements, type: type)
    }

    private static func array(of elements: [[UInt8]], type: UInt32) throws(PostgresError) -> PostgresValue {
        switch type {
        case TypeOID.int8Array, TypeOID.int4Array:
            return .int8Array(
                try elements.map { bytes throws(PostgresError) in
                    var reader = BinaryReader(bytes)
                    return bytes.count == 4 ? Int64(try reader.integer(Int32.self)) : try reader.integer()
                })
        case TypeOID.uuidArray:
            return .uuidArray(
                try elements.map { bytes throws(PostgresError) in
                    var reader = BinaryReader(bytes)
                    return try uuid(&reader)
                })
        default: return .textArray(elements.map { String(decoding: $0, as: UTF8.self) })
        }
    }

    /// Base-10,000 digits, as sums of integers come; precise to what a Double holds.
    private static func numeric(_ reader: inout BinaryReader) throws(PostgresError) -> Double {
        let count: Int16 = try reader.integer()
        let weight: Int16 = try reader.integer()
        let sign: UInt16 = try reader.integer()
        _ = try reader.integer(Int16.self)
        if sign == 0xC000 { return .nan }
        var value = 0.0
        for _ in 0..<max(0, count) { value = value * 10_000 + Double(try reader.integer(Int16.self)) }
        for _ in 0..<abs(Int(weight) - Int(count) + 1) {
            if Int(weight) - Int(count) + 1 > 0 { value *= 10_000 } else { value /= 10_000 }
        }
        return sign == 0x4000 ? -value : value
    }
}
