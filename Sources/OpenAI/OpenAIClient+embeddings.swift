package import Assistant
internal import JSON

/// What one request to `/embeddings` gave.
package struct OpenAIEmbeddings: Sendable, Hashable {
    /// One a text, in the order of the texts, all of one length.
    package var vectors: [[Float]]
    /// The model the server says it used.
    package var model: String
    package var usage: Usage
    package var requestID: String?
}

extension OpenAIClient {
    /// Embeds texts in one request. They are sent as they are: ``OpenAIEmbedder`` keeps to the endpoint's limits.
    package func embeddings(of texts: [String], model: String) async throws(EngineError) -> OpenAIEmbeddings {
        let body: JSON = [
            "model": .string(model), "input": .array(texts.map(JSON.string)), "encoding_format": "base64",
        ]
        let answer = try await post("/embeddings", body)
        return OpenAIEmbeddings(
            vectors: try vectors(in: answer, count: texts.count), model: answer.json["model"]?.string ?? model,
            usage: ChatUsageJSON.usage(answer.json["usage"]), requestID: answer.requestID)
    }

    private func vectors(in answer: Answer, count: Int) throws(EngineError) -> [[Float]] {
        let entries = answer.json["data"]?.array ?? []
        guard entries.count == count else {
            throw failure.malformed(
                "it gave \(entries.count) embeddings for \(count) texts", requestID: answer.requestID)
        }
        var vectors = [[Float]](repeating: [], count: count)
        for (position, entry) in entries.enumerated() {
            let index = entry["index"]?.integer ?? position
            guard vectors.indices.contains(index), vectors[index].isEmpty else {
                throw failure.malformed("its embeddings are numbered wrongly", requestID: answer.requestID)
            }
            guard let vector = EmbeddingVector.read(entry["embedding"]) else {
                throw failure.malformed("an embedding is not a list of numbers", requestID: answer.requestID)
            }
            vectors[index] = vector
        }
        guard vectors.allSatisfy({ $0.count == vectors[0].count }) else {
            throw failure.malformed("its embeddings differ in length", requestID: answer.requestID)
        }
        return vectors
    }
}
