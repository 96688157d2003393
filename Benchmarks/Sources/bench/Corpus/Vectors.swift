/// Embeddings that are not easy to search: a hundred topics; within a topic, texts differ in 48 directions that all
/// topics share, as real embeddings do in few, and by some noise in all 1536. Of length one.
struct Vectors {
    static let dimensions = 1536
    private static let topics = 100
    private static let directions = 48

    private let topics: [[Float]]
    private let directions: [[Float]]

    init() {
        topics = (0..<Self.topics).map { Self.noise(seed: 1_000 + UInt64($0), scale: 1) }
        directions = (0..<Self.directions).map { Self.noise(seed: 2_000 + UInt64($0), scale: 1) }
    }

    private static func noise(seed: UInt64, scale: Float) -> [Float] {
        var random = RandomNumbers(seed: seed)
        return (0..<dimensions).map { _ in random.normal() * scale }
    }

    /// The vector of a message, or of a question about a topic.
    func vector(topic: Int, seed: UInt64) -> [Float] {
        var random = RandomNumbers(seed: seed)
        var vector = topics[topic % Self.topics]
        let share = 1 / Float(Self.directions).squareRoot()
        vector.withUnsafeMutableBufferPointer { sum in
            for direction in directions {
                let weight = random.normal() * share
                direction.withUnsafeBufferPointer {
                    for index in 0..<Self.dimensions { sum[index] += weight * $0[index] }
                }
            }
            for index in 0..<Self.dimensions { sum[index] += 0.3 * random.normal() }
        }
        var squares: Float = 0
        for number in vector { squares += number * number }
        let scale = 1 / squares.squareRoot()
        return vector.map { $0 * scale }
    }
}
