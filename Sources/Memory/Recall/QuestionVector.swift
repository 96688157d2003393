internal import Store
internal import Assistant
internal import Concurrency
internal import Postgres
internal import Retrieval

/// What a question means, as a vector, and the statement that keeps it for the next time it is asked.
struct QuestionVector {
    let vector: [Float]
    let model: String
    /// Nil when it came from the cache.
    let save: PostgresStatement?
}

extension MemoryStore {
    /// The vector of a question that is not in the cache; nil when the embedder fails or is too slow: what is looked
    /// for is then looked for by its words, and the person is told.
    func newVector(_ key: EmbeddingKey, _ embedder: any Embedder) async -> QuestionVector? {
        switch await embedWithinDeadline(key.text, embedder) {
        case .success(let vector):
            return QuestionVector(vector: vector, model: embedder.model, save: key.save(vector, model: embedder.model))
        case .failure(let reason):
            if !Task.isCancelled { notice("Looked by words only, not by meaning: \(reason)") }
            return nil
        }
    }

    private func embedWithinDeadline(
        _ text: String, _ embedder: any Embedder
    ) async -> Result<[Float], Reason> {
        let deadline = options.questionDeadline
        return await within(deadline) { await Self.embed(text, embedder) }
            ?? .failure(Reason("the embedding endpoint did not answer within \(deadline)."))
    }

    private static func embed(_ text: String, _ embedder: any Embedder) async -> Result<[Float], Reason> {
        let numbers: [Float]
        do throws(EngineError) {
            numbers = try await embedder.embed([text], purpose: .query).first ?? []
        } catch {
            return .failure(Reason(error.message))
        }
        do throws(StoreError) {
            return .success(try StoredVector.make(numbers, model: embedder.model))
        } catch {
            return .failure(Reason(error.message))
        }
    }

    private struct Reason: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }
}
