extension JSON: CustomStringConvertible {
    /// Compact text with sorted keys.
    package var description: String { text() }

    /// JSON text with sorted keys; `pretty` puts each member on a line of its own, indented by two spaces.
    /// A number that JSON cannot write (infinite, not a number) becomes null.
    package func text(pretty: Bool = false) -> String {
        var output: [UInt8] = []
        write(to: &output, pretty: pretty, depth: 0)
        return String(decoding: output, as: UTF8.self)
    }

    private func write(to output: inout [UInt8], pretty: Bool, depth: Int) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .number(let value): output += (value.isFinite ? value.description : "null").utf8
        case .string(let value): Self.write(value, to: &output)
        case .array(let elements):
            Self.writeGroup(elements, open: "[", close: "]", to: &output, pretty: pretty, depth: depth) {
                $0.write(to: &$1, pretty: pretty, depth: depth + 1)
            }
        case .object(let members):
            let sorted = members.sorted { $0.key < $1.key }
            Self.writeGroup(sorted, open: "{", close: "}", to: &output, pretty: pretty, depth: depth) {
                member, output in
                Self.write(member.key, to: &output)
                output += (pretty ? ": " : ":").utf8
                member.value.write(to: &output, pretty: pretty, depth: depth + 1)
            }
        }
    }

    private static func writeGroup<Element>(
        _ elements: [Element], open: String, close: String, to output: inout [UInt8], pretty: Bool, depth: Int,
        element write: (Element, inout [UInt8]) -> Void
    ) {
        output += open.utf8
        for (index, element) in elements.enumerated() {
            if index > 0 { output += ",".utf8 }
            if pretty { newline(depth + 1, to: &output) }
            write(element, &output)
        }
        if pretty && !elements.isEmpty { newline(depth, to: &output) }
        output += close.utf8
    }

    private static func newline(_ depth: Int, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\n"))
        output += repeatElement(UInt8(ascii: " "), count: depth * 2)
    }

    private static func write(_ string: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        if string.utf8.allSatisfy({ $0 < 0x80 }) {
            for byte in string.utf8 { write(byte, to: &output) }
        } else {
            for scalar in string.unicodeScalars {
                if isHidden(scalar) {
                    for unit in UTF16.encode(scalar).map(Array.init) ?? [] { escape(unit, to: &output) }
                } else if scalar.isASCII {
                    write(UInt8(truncatingIfNeeded: scalar.value), to: &output)
                } else {
                    output += UTF8.encode(scalar).map(Array.init) ?? []
                }
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func write(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): output += #"\""#.utf8
        case UInt8(ascii: "\\"): output += #"\\"#.utf8
        case UInt8(ascii: "\n"): output += #"\n"#.utf8
        case UInt8(ascii: "\r"): output += #"\r"#.utf8
        case UInt8(ascii: "\t"): output += #"\t"#.utf8
        case 0..<0x20, 0x7f: escape(UInt16(byte), to: &output)
        default: output.append(byte)
        }
    }

    private static func escape(_ unit: UInt16, to output: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        output += #"\u"#.utf8
        for shift in [12, 8, 4, 0] { output.append(digits[Int(unit >> UInt16(shift) & 15)]) }
    }

    /// What moves a terminal's cursor, turns text round or cannot be seen: whoever pipes JSON to a terminal sees its
    /// escape, and every reader has the same text.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x80..<0xa0, 0x61c, 0x200b, 0x200c, 0x200e, 0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff,
            0xfff9...0xfffb, 0xe0000...0xe0fff:
            true
        default: false
        }
    }
}
