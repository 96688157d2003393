internal import FoundationEssentials
internal import JSON

/// Embeddings that need no model: each word of a text adds to a few places of the vector, which its letters
/// choose. The same text always has the same vector, and texts with common words are near each other.
package enum WordVectors {
    package static let dimensions = 1536

    /// Of length 1.
    package static func vector(_ text: String, dimensions: Int = dimensions) -> [Float] {
        var sums = [Float](repeating: 0, count: dimensions)
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            for _ in 0..<8 {
                hash = hash &* 0x5851_f42d_4c95_7f2d &+ 0x1405_7b7e_f767_814f
                sums[Int((hash >> 33) % UInt64(dimensions))] += hash >> 63 == 0 ? 1 : -1
            }
        }
        let length = sums.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 0 else {
            sums[0] = 1
            return sums
        }
        return sums.map { $0 / length }
    }

    /// Little-endian 32-bit floats in base64, as the embeddings endpoint writes them.
    package static func base64(_ vector: [Float]) -> String {
        Data(vector.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> ($0 * 8)) } })
            .base64EncodedString()
    }
}
