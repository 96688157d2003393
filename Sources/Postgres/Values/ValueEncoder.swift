internal import FoundationEssentials
internal import JSON

/// Why a value cannot be sent. Never holds the value.
struct EncodingRefusal: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }

    static let nul = EncodingRefusal("the text holds a NUL character, which PostgreSQL cannot store")

    static func mismatch(_ value: PostgresValue, _ codec: TypeCodec) -> EncodingRefusal {
        EncodingRefusal(
            "a value of type \(value.typeName) was given where the statement expects \(codec.rawValue); "
                + "cast the parameter in the statement")
    }

    static func range(_ codec: TypeCodec) -> EncodingRefusal {
        EncodingRefusal("the number does not fit into \(codec.rawValue)")
    }
}

/// Writes the binary form of one value that is not null, as the type which the server expects.
func encode(_ value: PostgresValue, as codec: TypeCodec, into bytes: inout [UInt8]) throws(EncodingRefusal) {
    switch value {
    case .null: break
    case .bool(let bool) where codec == .bool: bytes.append(bool ? 1 : 0)
    case .int2(let integer): try encode(integer: Int64(integer), of: value, as: codec, into: &bytes)
    case .int4(let integer): try encode(integer: Int64(integer), of: value, as: codec, into: &bytes)
    case .int8(let integer): try encode(integer: integer, of: value, as: codec, into: &bytes)
    case .float4(let number): try encode(number: Double(number), of: value, as: codec, into: &bytes)
    case .float8(let number): try encode(number: number, of: value, as: codec, into: &bytes)
    case .text(let text) where codec == .text:
        guard !text.utf8.contains(0) else { throw .nul }
        bytes.append(contentsOf: text.utf8)
    case .bytea(let data) where codec == .bytea: bytes.append(contentsOf: data)
    case .uuid(let uuid) where codec == .uuid: bytes.append(uuid: uuid)
    case .timestamptz(let date) where codec == .timestamp: bytes.append(integer: try microseconds(date))
    case .jsonb(let json): try encode(json: json, of: value, as: codec, into: &bytes)
    case .vector(let numbers): try encode(vector: numbers, of: value, as: codec, into: &bytes)
    case .bit(let packed, let count) where codec == .bit: try encode(bits: packed, count, into: &bytes)
    case .textArray, .int8Array, .uuidArray: try encode(array: value, as: codec, into: &bytes)
    case .unknown(_, let data): bytes.append(contentsOf: data)
    case .numeric(let digits) where codec == .float8 || codec == .float4:
        guard let number = Double(digits) else { throw .mismatch(value, codec) }
        try encode(number: number, of: value, as: codec, into: &bytes)
    case .bool, .numeric, .text, .bytea, .uuid, .timestamptz, .bit: throw .mismatch(value, codec)
    }
}

func encode(
    integer: Int64, of value: PostgresValue, as codec: TypeCodec, into bytes: inout [UInt8]
) throws(EncodingRefusal) {
    func fitted<Integer: FixedWidthInteger>(_: Integer.Type) throws(EncodingRefusal) -> Integer {
        guard let fitted = Integer(exactly: integer) else { throw .range(codec) }
        return fitted
    }
    switch codec {
    case .int2: bytes.append(integer: try fitted(Int16.self))
    case .int4: bytes.append(integer: try fitted(Int32.self))
    case .int8: bytes.append(integer: integer)
    case .oid: bytes.append(integer: try fitted(UInt32.self))
    case .float4: bytes.append(integer: Float(integer).bitPattern)
    case .float8: bytes.append(integer: Double(integer).bitPattern)
    default: throw .mismatch(value, codec)
    }
}

private func encode(
    number: Double, of value: PostgresValue, as codec: TypeCodec, into bytes: inout [UInt8]
) throws(EncodingRefusal) {
    switch codec {
    case .float4:
        let narrow = Float(number)
        guard narrow.isInfinite == number.isInfinite else { throw .range(codec) }
        bytes.append(integer: narrow.bitPattern)
    case .float8: bytes.append(integer: number.bitPattern)
    default: throw .mismatch(value, codec)
    }
}

private func encode(
    json: JSON, of value: PostgresValue, as codec: TypeCodec, into bytes: inout [UInt8]
) throws(EncodingRefusal) {
    switch codec {
    case .jsonb:
        guard !json.holdsNUL else { throw .nul }
        bytes.append(1)
    case .json: break
    default: throw .mismatch(value, codec)
    }
    bytes.append(contentsOf: json.text().utf8)
}

private func encode(
    vector: [Float], of value: PostgresValue, as codec: TypeCodec, into bytes: inout [UInt8]
) throws(EncodingRefusal) {
    guard codec == .vector || codec == .halfvec else { throw .mismatch(value, codec) }
    guard !vector.isEmpty, vector.count <= 16_000 else {
        throw EncodingRefusal("a vector has from 1 to 16000 dimensions, not \(vector.count)")
    }
    guard vector.allSatisfy(\.isFinite) else { throw EncodingRefusal("the vector holds an infinity or a NaN") }
    bytes.append(integer: Int16(vector.count))
    bytes.append(integer: Int16(0))
    if codec == .vector { return bytes.append(floats: vector) }
    for number in vector {
        let half = Float16(number)
        guard half.isFinite else { throw .range(codec) }
        bytes.append(integer: half.bitPattern)
    }
}

private func encode(bits: [UInt8], _ count: Int, into bytes: inout [UInt8]) throws(EncodingRefusal) {
    guard count >= 0, bits.count == (count + 7) / 8, let length = Int32(exactly: count) else {
        throw EncodingRefusal("\(count) bits are not \(bits.count) bytes")
    }
    bytes.append(integer: length)
    bytes.append(contentsOf: bits)
    if count % 8 != 0 { bytes[bytes.count - 1] &= 0xff << UInt8(8 - count % 8) }
}

extension [UInt8] {
    mutating func append(uuid: UUID) {
        unsafe Swift.withUnsafeBytes(of: uuid.uuid) { unsafe append(contentsOf: $0) }
    }
}

extension JSON {
    /// `jsonb` takes every character but this one.
    fileprivate var holdsNUL: Bool {
        switch self {
        case .string(let text): text.utf8.contains(0)
        case .array(let elements): elements.contains(where: \.holdsNUL)
        case .object(let members): members.contains { $0.key.utf8.contains(0) || $0.value.holdsNUL }
        default: false
        }
    }
}
