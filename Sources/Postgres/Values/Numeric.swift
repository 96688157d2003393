extension PostgresValue {
    /// A number as the server reads it from text, for `numeric` parameters.
    var digits: String? {
        switch self {
        case .int2(let integer): String(integer)
        case .int4(let integer): String(integer)
        case .int8(let integer): String(integer)
        case .float4(let number): number.description
        case .float8(let number): number.description
        case .numeric(let digits): digits
        default: nil
        }
    }
}

/// A numeric is a number of digits of base 10,000, the first of which stands for 10,000 to the `weight`, and the
/// number of decimal places to show.
func decodeNumeric(_ reader: inout ByteReader) -> String? {
    guard let count = reader.integer(Int16.self), let weight = reader.integer(Int16.self),
        let sign = reader.integer(UInt16.self), let scale = reader.integer(Int16.self), count >= 0, scale >= 0
    else { return nil }
    switch sign {
    case 0xC000: return "NaN"
    case 0xD000: return "Infinity"
    case 0xF000: return "-Infinity"
    default: break
    }
    var groups: [String] = []
    for _ in 0..<count {
        guard let group = reader.integer(Int16.self), (0..<10_000).contains(group) else { return nil }
        let digits = String(group)
        groups.append(String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
    }
    return (sign == 0x4000 ? "-" : "") + decimal(groups, weight: Int(weight), scale: Int(scale))
}

/// Zero groups, which the server does not send, are put back on both sides of the point.
private func decimal(_ groups: [String], weight: Int, scale: Int) -> String {
    func group(_ power: Int) -> String {
        groups.indices.contains(weight - power) ? groups[weight - power] : "0000"
    }
    let whole = stride(from: weight, through: 0, by: -1).map(group).joined().drop { $0 == "0" }
    let places = stride(from: -1, through: -(scale + 3) / 4, by: -1).map(group).joined().prefix(scale)
    return (whole.isEmpty ? "0" : whole) + (places.isEmpty ? "" : "." + places)
}
