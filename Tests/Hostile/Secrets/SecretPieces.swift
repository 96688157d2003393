/// Every so many bytes of a secret.
struct SecretPieces {
    private let pieces: Set<[UInt8]>

    /// `text`: in which they stand. What is also beside them there is no piece of a secret.
    init(_ secrets: [String], in text: String = "", length: Int = 8) {
        var pieces: Set<[UInt8]> = []
        for secret in secrets.map({ Array($0.utf8) }) {
            for start in 0...max(0, secret.count - length) { pieces.insert(Array(secret[start...].prefix(length))) }
        }
        let around = secrets.reduce(text) { $0.replacing($1, with: "\u{1}") }
        self.pieces = pieces.filter { !around.contains(String(decoding: $0, as: UTF8.self)) }
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
            text.split(separator: "[redacted: ", omittingEmptySubsequences: false).dropFirst().compactMap { part in
                part.firstIndex(of: "]").map { String(part[..<$0]) }
            })
    }
}
