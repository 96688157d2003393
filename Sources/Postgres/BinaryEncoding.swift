internal import FoundationEssentials
internal import JSON

/// The OIDs of the built-in types that are read and written here (pg_type.dat).
enum TypeOID {
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let name: UInt32 = 19
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let oid: UInt32 = 26
    static let json: UInt32 = 114
    static let float4: UInt32 = 700
    static let float8: UInt32 = 701
    static let unknown: UInt32 = 705
    static let int4Array: UInt32 = 1007
    static let textArray: UInt32 = 1009
    static let varcharArray: UInt32 = 1015
    static let int8Array: UInt32 = 1016
    static let bpchar: UInt32 = 1042
    static let varchar: UInt32 = 1043
    static let date: UInt32 = 1082
    static let timestamp: UInt32 = 1114
    static let timestamptz: UInt32 = 1184
    static let bit: UInt32 = 1560
    static let varbit: UInt32 = 1562
    static let numeric: UInt32 = 1700
    static let uuid: UInt32 = 2950
    static let uuidArray: UInt32 = 2951
    static let void: UInt32 = 2278
    static let jsonb: UInt32 = 3802
    /// Types made after the server's own start here: at 16384, or at 10000 where a cluster's template has pgvector.
    static let firstUserDefined: UInt32 = 10_000
}

/// Seconds from 1970 to PostgreSQL's epoch, 2000-01-01 UTC.
let postgresEpoch = 946_684_800.0

extension PostgresValue {
    /// The binary form of a parameter for the type that the server inferred; nil is null. Throws `decoding` when
    /// the value does not fit the type.
    func encoded(for type: UInt32) throws(PostgresError) -> [UInt8]? {
        switch self {
        case .null: return nil
        case .bool(let value): return [value ? 1 : 0]
        case .int2(let value): return try Self.encode(Int64(value), for: type)
        case .int4(let value): return try Self.encode(Int64(value), for: type)
        case .int8(let value): return try Self.encode(value, for: type)
        case .float4(let value): return Self.encode(Double(value), for: type)
        case .float8(let value): return Self.encode(value, for: type)
        case .text(let value): return try Self.encode(value, for: type)
        case .bytea(let value): return value
        case .uuid(let value): return Self.bytes(of: value)
        case .timestamptz(let value): return Self.bytes(of: Self.microseconds(value))
        case .jsonb(let value): return try Self.encode(value.description, for: type)
        case .vector(let value): return Self.encode(value)
        case .bit(let value, let count): return Self.bytes(of: Int32(count)) + value
        case .textArray(let value):
            return Self.array(of: try value.map { text throws(PostgresError) in try Self.checked(text) }, TypeOID.text)
        case .int8Array(let value):
            let element = type == TypeOID.int4Array ? TypeOID.int4 : TypeOID.int8
            return Self.array(
                of: try value.map { number throws(PostgresError) in try Self.encode(number, for: element) }, element)
        case .uuidArray(let value): return Self.array(of: value.map { Self.bytes(of: $0) }, TypeOID.uuid)
        case .unknown(_, let bytes): return bytes
        }
    }

    static func bytes(of number: some FixedWidthInteger) -> [UInt8] {
        unsafe withUnsafeBytes(of: number.bigEndian) { unsafe Array($0) }
    }

    private static func bytes(of uuid: UUID) -> [UInt8] {
        unsafe withUnsafeBytes(of: uuid.uuid) { unsafe Array($0) }
    }

    private static func microseconds(_ date: Date) -> Int64 {
        Int64(((date.timeIntervalSince1970 - postgresEpoch) * 1_000_000).rounded())
    }

    private static func encode(_ number: Int64, for type: UInt32) throws(PostgresError) -> [UInt8] {
        let bytes: [UInt8]?
        switch type {
        case TypeOID.int2: bytes = Int16(exactly: number).map(Self.bytes(of:))
        case TypeOID.int4: bytes = Int32(exactly: number).map(Self.bytes(of:))
        case TypeOID.oid: bytes = UInt32(exactly: number).map(Self.bytes(of:))
        case TypeOID.float4, TypeOID.float8: bytes = encode(Double(number), for: type)
        case TypeOID.text: bytes = Array(String(number).utf8)
        default: bytes = Self.bytes(of: number)
        }
        guard let bytes else {
            throw PostgresError(.decoding, message: "the number \(number) does not fit its parameter's type")
        }
        return bytes
    }

    private static func encode(_ number: Double, for type: UInt32) -> [UInt8] {
        type == TypeOID.float4 ? bytes(of: Float(number).bitPattern) : bytes(of: number.bitPattern)
    }

    private static func encode(_ text: String, for type: UInt32) throws(PostgresError) -> [UInt8] {
        let bytes = try checked(text)
        return type == TypeOID.jsonb ? [1] + bytes : bytes
    }

    /// PostgreSQL's text holds no NUL; the callers that meet one keep the original elsewhere.
    private static func checked(_ text: String) throws(PostgresError) -> [UInt8] {
        let bytes = Array(text.utf8)
        guard !bytes.contains(0) else {
            throw PostgresError(.decoding, sqlState: "22021", message: "a text parameter holds a NUL character")
        }
        return bytes
    }

    /// pgvector's send format: number of dimensions, a zero, then the floats.
    private static func encode(_ vector: [Float]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 + vector.count * 4)
        bytes += Self.bytes(of: Int16(truncatingIfNeeded: vector.count)) + [0, 0]
        for value in vector {
            let word = value.bitPattern
            bytes.append(UInt8(truncatingIfNeeded: word >> 24))
            bytes.append(UInt8(truncatingIfNeeded: word >> 16))
            bytes.append(UInt8(truncatingIfNeeded: word >> 8))
            bytes.append(UInt8(truncatingIfNeeded: word))
        }
        return bytes
    }

    private static func array(of elements: [[UInt8]], _ elementType: UInt32) -> [UInt8] {
        let dimensions: Int32 = elements.isEmpty ? 0 : 1
        var bytes = Self.bytes(of: dimensions) + Self.bytes(of: Int32(0)) + Self.bytes(of: elementType)
        guard !elements.isEmpty else { return bytes }
        bytes += Self.bytes(of: Int32(elements.count)) + Self.bytes(of: Int32(1))
        for element in elements { bytes += Self.bytes(of: Int32(element.count)) + element }
        return bytes
    }
}
