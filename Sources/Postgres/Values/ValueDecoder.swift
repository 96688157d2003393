internal import FoundationEssentials
internal import JSON

/// Reads a field. What does not read as its type says (an infinite date, JSON beyond this program's parser,
/// an array with nulls) comes back as it came, as `unknown`.
func decode(_ field: ByteReader?, typeOID: UInt32, as codec: TypeCodec) -> PostgresValue {
    guard var reader = field else { return .null }
    let asItCame = reader
    return decode(&reader, codec) ?? .unknown(typeOID: typeOID, asItCame.rest())
}

private func decode(_ reader: inout ByteReader, _ codec: TypeCodec) -> PostgresValue? {
    switch codec {
    case .bool: reader.integer(UInt8.self).map { .bool($0 != 0) }
    case .int2: reader.integer(Int16.self).map(PostgresValue.int2)
    case .int4: reader.integer(Int32.self).map(PostgresValue.int4)
    case .int8: reader.integer(Int64.self).map(PostgresValue.int8)
    case .oid: reader.integer(UInt32.self).map { .int8(Int64($0)) }
    case .float4: reader.float().map(PostgresValue.float4)
    case .float8: reader.double().map(PostgresValue.float8)
    case .text, .json: reader.text().map(PostgresValue.text)
    case .bytea: .bytea(reader.rest())
    case .uuid: reader.uuid().map(PostgresValue.uuid)
    case .timestamp: reader.integer(Int64.self).flatMap(date(microseconds:)).map(PostgresValue.timestamptz)
    case .jsonb: reader.integer(UInt8.self) == 1 ? (try? JSON(parsing: reader.rest())).map(PostgresValue.jsonb) : nil
    case .bit: decodeBits(&reader)
    case .vector, .halfvec: decodeVector(&reader, codec)
    case .textArray: elements(&reader) { $0.text() }.map(PostgresValue.textArray)
    case .int2Array: elements(&reader) { $0.integer(Int16.self).map(Int64.init) }.map(PostgresValue.int8Array)
    case .int4Array: elements(&reader) { $0.integer(Int32.self).map(Int64.init) }.map(PostgresValue.int8Array)
    case .int8Array: elements(&reader) { $0.integer(Int64.self) }.map(PostgresValue.int8Array)
    case .uuidArray: elements(&reader) { $0.uuid() }.map(PostgresValue.uuidArray)
    case .void: .null
    case .numeric: decodeNumeric(&reader).map(PostgresValue.numeric)
    case .other: nil
    }
}

private func decodeBits(_ reader: inout ByteReader) -> PostgresValue? {
    guard let count = reader.integer(Int32.self), count >= 0, reader.remaining == (Int(count) + 7) / 8 else {
        return nil
    }
    return .bit(reader.rest(), count: Int(count))
}

private func decodeVector(_ reader: inout ByteReader, _ codec: TypeCodec) -> PostgresValue? {
    guard let count = reader.integer(Int16.self), count >= 0, reader.integer(Int16.self) != nil else { return nil }
    if codec == .vector { return reader.floats(Int(count)).map(PostgresValue.vector) }
    var numbers: [Float] = []
    for _ in 0..<count {
        guard let bits = reader.integer(UInt16.self) else { return nil }
        numbers.append(Float(Float16(bitPattern: bits)))
    }
    return .vector(numbers)
}

private func elements<Element>(
    _ reader: inout ByteReader, _ read: (inout ByteReader) -> Element?
) -> [Element]? {
    guard let dimensions = reader.integer(Int32.self), reader.integer(Int32.self) != nil,
        reader.integer(UInt32.self) != nil
    else { return nil }
    if dimensions == 0 { return [] }
    guard dimensions == 1, let count = reader.integer(Int32.self), count >= 0,
        reader.integer(Int32.self) != nil
    else { return nil }
    var elements: [Element] = []
    for _ in 0..<count {
        // A null has the length -1, and no part.
        guard let length = reader.integer(Int32.self), var part = reader.part(Int(length)), let element = read(&part)
        else { return nil }
        elements.append(element)
    }
    return elements
}

extension ByteReader {
    fileprivate mutating func uuid() -> UUID? {
        guard remaining == 16, let high = integer(UInt64.self), let low = integer(UInt64.self) else { return nil }
        return UUID(high: high, low: low)
    }
}

extension UUID {
    fileprivate init(high: UInt64, low: UInt64) {
        func byte(_ word: UInt64, _ index: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: word >> (56 - 8 * index)) }
        self.init(
            uuid: (
                byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3), byte(high, 4), byte(high, 5),
                byte(high, 6), byte(high, 7), byte(low, 0), byte(low, 1), byte(low, 2), byte(low, 3), byte(low, 4),
                byte(low, 5), byte(low, 6), byte(low, 7)
            ))
    }
}
