/// Every so many bytes of a secret.
struct SecretPieces {
    private let pieces: Set<[UInt8]>
    private let length: Int

    init(_ secrets: [String], length: Int = 8) {
        self.length = length
        var pieces: Set<[UInt8]> = []
        for secret in secrets.map({ Array($0.utf8) }) {
            for start in 0...max(0, secret.count - length) { pieces.insert(Array(secret[start...].prefix(length))) }
        }
        self.pieces = pieces
    }

    func found(in text: String) -> [String] {
        let bytes = Array(text.utf8)
        let lengths = Set(pieces.map(\.count))
        return lengths.flatMap { length -> [String] in
            guard bytes.count >= length else { return [] }
            return (0...(bytes.count - length)).compactMap { start in
                let piece = Array(bytes[start..<start + length])
                return pieces.contains(piece) ? String(decoding: piece, as: UTF8.self) : nil
            }
        }
    }

    /// The kinds that a text says were taken out.
    static func kinds(in text: String) -> Set<String> {
        Set(
            text.split(separator: "[redacted: ").dropFirst().compactMap { part in
                part.firstIndex(of: "]").map { String(part[..<$0]) }
            })
    }
}
