internal import FoundationEssentials

/// Arrays of one dimension without nulls: dimensions, null flag, element type, then length and lower bound,
/// then each element behind its own length.
func encode(array value: PostgresValue, as codec: TypeCodec, into bytes: inout [UInt8]) throws(EncodingRefusal) {
    switch (value, codec) {
    case (.textArray(let texts), .textArray):
        try append(texts, ofType: 25, to: &bytes) { text, bytes throws(EncodingRefusal) in
            guard !text.utf8.contains(0) else { throw .nul }
            bytes.append(contentsOf: text.utf8)
        }
    case (.uuidArray(let uuids), .uuidArray):
        append(uuids, ofType: 2950, to: &bytes) { $1.append(uuid: $0) }
    case (.int8Array(let integers), .int8Array):
        append(integers, ofType: 20, to: &bytes) { $1.append(integer: $0) }
    case (.int8Array(let integers), .int4Array):
        try appendIntegers(integers, ofType: 23, elementCodec: .int4, to: &bytes)
    case (.int8Array(let integers), .int2Array):
        try appendIntegers(integers, ofType: 21, elementCodec: .int2, to: &bytes)
    default: throw .mismatch(value, codec)
    }
}

private func appendIntegers(
    _ integers: [Int64], ofType typeOID: UInt32, elementCodec: TypeCodec, to bytes: inout [UInt8]
) throws(EncodingRefusal) {
    try append(integers, ofType: typeOID, to: &bytes) { integer, bytes throws(EncodingRefusal) in
        try encode(integer: integer, of: .int8(integer), as: elementCodec, into: &bytes)
    }
}

private func append<Element, Failure: Error>(
    _ elements: [Element], ofType typeOID: UInt32, to bytes: inout [UInt8],
    _ write: (Element, inout [UInt8]) throws(Failure) -> Void
) throws(Failure) {
    bytes.append(integer: Int32(elements.isEmpty ? 0 : 1))
    bytes.append(integer: Int32(0))
    bytes.append(integer: typeOID)
    guard !elements.isEmpty else { return }
    bytes.append(integer: Int32(elements.count))
    bytes.append(integer: Int32(1))
    for element in elements {
        try bytes.appendWithLength { bytes throws(Failure) in try write(element, &bytes) }
    }
}

/// The text form, `{"a","b"}`, for arrays of types whose binary form this module does not know.
func arrayLiteral(_ texts: [String]) -> String {
    let quoted = texts.map { text in
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
    return "{" + quoted.joined(separator: ",") + "}"
}
