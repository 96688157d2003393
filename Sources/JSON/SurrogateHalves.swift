/// What becomes of a `\uXXXX` that is half a character: servers that cut a text by UTF-16 units send its other half with
/// the next piece.
package enum SurrogateHalves: Sendable {
    /// The text is not JSON.
    case refused
    /// U+FFFD stands for it.
    case replaced
    /// A scalar for private use stands for it, until ``Swift/String/joiningHalves()`` has seen the other one.
    case kept

    /// Where the 2,048 surrogates are kept: the last ones of plane 16, which no script and no font uses.
    static let first: UInt32 = 0x10f000

    func scalar(for surrogate: UInt16) -> Unicode.Scalar? {
        switch self {
        case .refused: nil
        case .replaced: "\u{fffd}"
        case .kept: Unicode.Scalar(Self.first + UInt32(surrogate) - 0xd800)
        }
    }

    /// The surrogate that is kept as `scalar`.
    static func surrogate(_ scalar: Unicode.Scalar) -> UInt16? {
        guard (first..<first + 0x800).contains(scalar.value) else { return nil }
        return UInt16(scalar.value - first + 0xd800)
    }
}

extension String {
    /// The text with every two kept halves that belong together as their character, and U+FFFD for each other half.
    package func joiningHalves() -> String {
        guard unicodeScalars.contains(where: { SurrogateHalves.surrogate($0) != nil }) else { return self }
        var units: [UInt16] = []
        for scalar in unicodeScalars {
            if let half = SurrogateHalves.surrogate(scalar) {
                units.append(half)
            } else {
                units += String(scalar).utf16
            }
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// Whether the text ends with the first half of a character: the other one may still come.
    package var endsInHalf: Bool {
        unicodeScalars.last.flatMap(SurrogateHalves.surrogate).map(UTF16.isLeadSurrogate) ?? false
    }
}
