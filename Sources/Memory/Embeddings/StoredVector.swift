internal import Assistant

/// An embedding as the store keeps it: of length one, and padded with zeros, which changes no angle.
enum StoredVector {
    static let dimensions = 1536

    /// Throws when the model's vectors are too long to be stored, or are no directions at all.
    static func make(_ numbers: [Float], model: String) throws(JournalError) -> [Float] {
        guard numbers.count <= dimensions else {
            throw JournalError(
                .failed,
                "The embedding model \(model) gives \(numbers.count) numbers a text, and at most \(dimensions) can be "
                    + "stored: configure another model, or fewer dimensions where the endpoint can give them.")
        }
        var sum = 0.0
        for number in numbers { sum += Double(number) * Double(number) }
        let length = sum.squareRoot()
        guard length.isFinite, length > 0 else {
            throw JournalError(
                .failed, "The embedding model \(model) gave a vector without a direction: it is not stored.")
        }
        var vector = numbers.map { Float(Double($0) / length) }
        vector += repeatElement(0, count: dimensions - vector.count)
        return vector
    }
}
