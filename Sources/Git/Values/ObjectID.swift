/// The name of a commit, tree, blob or tag: 40 hexadecimal digits, 64 in a SHA-256 repository.
package struct ObjectID: Sendable, Hashable, CustomStringConvertible {
    /// Lower case.
    package let hex: String

    /// - Returns: Nil unless the text is 40 or 64 hexadecimal digits.
    package init?(hex text: String) {
        let bytes = text.utf8
        guard bytes.count == 40 || bytes.count == 64, bytes.allSatisfy({ Self.isHexadecimal($0) }) else { return nil }
        hex = text.lowercased()
    }

    /// Of digits that are known to be right.
    init(digits: String) { hex = digits }

    package var description: String { hex }

    /// The first seven digits, as people quote commits.
    package var short: String { String(hex.prefix(7)) }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
}
