internal import FoundationEssentials
internal import JSON

/// A vector as embeddings endpoints write it: base64 of little-endian 32-bit floats, or a list of numbers.
enum EmbeddingVector {
    /// Nil when it is neither, is empty, or holds what is no finite number.
    static func read(_ json: JSON?) -> [Float]? {
        let vector: [Float]? =
            switch json {
            case .string(let text): floats(base64: text)
            case .array(let numbers): floats(numbers)
            default: nil
            }
        guard let vector, !vector.isEmpty, vector.allSatisfy(\.isFinite) else { return nil }
        return vector
    }

    private static func floats(base64 text: String) -> [Float]? {
        guard let data = Data(base64Encoded: text), data.count % 4 == 0 else { return nil }
        return data.withUnsafeBytes { bytes in
            (0..<data.count / 4).map { index in
                let word = bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
                return Float(bitPattern: UInt32(littleEndian: word))
            }
        }
    }

    private static func floats(_ numbers: [JSON]) -> [Float]? {
        let values = numbers.compactMap { $0.number.map(Float.init) }
        return values.count == numbers.count ? values : nil
    }
}
