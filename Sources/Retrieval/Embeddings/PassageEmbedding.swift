internal import Assistant
internal import Store

/// Embeds texts so that one which an endpoint does not take, or gives no direction, spoils no other.
///
/// A request that fails is halved until the text is found. Before it is counted against a text, the endpoint must have
/// shown that it answers at all: with one that is away nothing is counted, and its error is thrown.
struct PassageEmbedding {
    private let embedder: any Embedder
    private(set) var vectors: [EmbeddingKey: [Float]] = [:]
    private(set) var refused: Set<EmbeddingKey> = []
    /// It has given a vector since a text was last found wanting.
    private var isAlive = false

    init(_ embedder: any Embedder) { self.embedder = embedder }

    /// Errors: the endpoint is away, asks to wait, or is configured wrongly.
    mutating func embed(_ keys: ArraySlice<EmbeddingKey>) async throws(EngineError) {
        guard !keys.isEmpty else { return }
        let answers: [[Float]]
        do throws(EngineError) {
            answers = try await embedder.embed(keys.map(\.text), purpose: .passage)
            guard answers.count == keys.count else {
                throw EngineError(.malformed, "The embedding endpoint gave \(answers.count) vectors for \(keys.count).")
            }
        } catch {
            guard error.mayBeTheText else { throw error }
            return try await halve(keys, error)
        }
        for (key, numbers) in zip(keys, answers) {
            do throws(StoreError) {
                vectors[key] = try StoredVector.make(numbers, model: embedder.model)
                isAlive = true
            } catch {
                // Another text gets no shorter vector.
                guard numbers.count <= StoredVector.dimensions else { throw EngineError(.configuration, error.message) }
                try await refuse(key, EngineError(.malformed, error.message))
            }
        }
    }

    private mutating func halve(_ keys: ArraySlice<EmbeddingKey>, _ error: EngineError) async throws(EngineError) {
        guard keys.count > 1 else { return try await refuse(keys[keys.startIndex], error) }
        let middle = keys.startIndex + keys.count / 2
        try await embed(keys[..<middle])
        try await embed(keys[middle...])
    }

    private mutating func refuse(_ key: EmbeddingKey, _ error: EngineError) async throws(EngineError) {
        if !isAlive, !(await answersAtAll()) { throw error }
        refused.insert(key)
        isAlive = false
    }

    /// A word that every model takes.
    private func answersAtAll() async -> Bool {
        guard let numbers = try? await embedder.embed(["word"], purpose: .passage).first else { return false }
        return (try? StoredVector.make(numbers, model: embedder.model)) != nil
    }
}

extension EngineError {
    /// Whether another text might have been answered.
    fileprivate var mayBeTheText: Bool {
        switch kind {
        case .refused, .malformed, .timedOut: true
        case .unavailable: !wasNotReached
        case .configuration, .quota, .rateLimited, .cancelled: false
        }
    }
}
