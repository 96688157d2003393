import Assistant
import Hashing
import Retrieval
import Synchronization

@testable import Memory

/// Texts that share words are near each other: each word is a random direction, a text their sum.
final class WordEmbedder: Embedder {
    let model: String
    let dimensions: Int
    private let embedded = Mutex<[String]>([])

    init(model: String = "words", dimensions: Int = 256) {
        self.model = model
        self.dimensions = dimensions
    }

    /// Every text this was asked to embed.
    var texts: [String] { embedded.withLock { $0 } }
    private let lengths = Mutex<[[Int]]>([])
    /// The lengths of the texts of each request.
    var requests: [[Int]] { lengths.withLock { $0 } }

    func embed(_ texts: [String], purpose: EmbeddingPurpose) async throws(EngineError) -> [[Float]] {
        embedded.withLock { $0 += texts }
        lengths.withLock { $0.append(texts.map(\.utf8.count)) }
        return texts.map(vector)
    }

    func vector(_ text: String) -> [Float] {
        var sum = [Float](repeating: 0, count: dimensions)
        for word in SearchWords.asked(text) {
            var bits = ContentHash(ofText: word).bytes
            for index in 0..<dimensions {
                if index % 256 == 0 { bits = ContentHash(of: bits).bytes }
                sum[index] += bits[(index % 256) / 8] >> (index % 8) & 1 == 1 ? 1 : -1
            }
        }
        return sum
    }
}

/// Fails as it is told, or hangs until it is cancelled.
struct FailingEmbedder: Embedder {
    var model = "failing"
    var error: EngineError?

    func embed(_ texts: [String], purpose: EmbeddingPurpose) async throws(EngineError) -> [[Float]] {
        if let error { throw error }
        try? await Task.sleep(for: .seconds(3600))
        throw EngineError(.cancelled, "Cancelled.")
    }
}

/// Refuses texts that hold a word, in whatever batch they come.
struct PickyEmbedder: Embedder {
    let inner: WordEmbedder
    let refused: String
    var model: String { inner.model }

    func embed(_ texts: [String], purpose: EmbeddingPurpose) async throws(EngineError) -> [[Float]] {
        if texts.contains(where: { $0.contains(refused) }) { throw EngineError(.refused, "The input is refused.") }
        return try await inner.embed(texts, purpose: purpose)
    }
}

/// Answers wrongly, or not at all, when a text of a request holds a word.
struct OddEmbedder: Embedder {
    enum Kind: CaseIterable {
        case serverError, timeOut, malformed, tooFew, notANumber, infinite, zero, empty
    }

    let inner: WordEmbedder
    let kind: Kind
    let odd: String
    var model: String { inner.model }

    func embed(_ texts: [String], purpose: EmbeddingPurpose) async throws(EngineError) -> [[Float]] {
        var vectors = try await inner.embed(texts, purpose: purpose)
        for (index, text) in texts.enumerated() where text.contains(odd) {
            switch kind {
            case .serverError: throw EngineError(.unavailable, "It answers 500.")
            case .timeOut: throw EngineError(.timedOut, "Nothing came.")
            case .malformed: throw EngineError(.malformed, "An embedding is not a list of numbers.")
            case .tooFew: return Array(vectors.dropLast())
            case .notANumber: vectors[index][3] = .nan
            case .infinite: vectors[index][3] = .infinity
            case .zero: vectors[index] = vectors[index].map { _ in 0 }
            case .empty: vectors[index] = []
            }
        }
        return vectors
    }
}

extension MemoryStore {
    /// How many messages wait for this embedder.
    func waiting(for embedder: any Embedder) async throws -> Int {
        try await MemoryStore(pool: pool, user: user, embedder: embedder).waitingForEmbedding()
    }
}

/// Keeps what it is told.
final class Notices: Sendable {
    private let kept = Mutex<[String]>([])
    var all: [String] { kept.withLock { $0 } }
    func add(_ text: String) { kept.withLock { $0.append(text) } }
}
