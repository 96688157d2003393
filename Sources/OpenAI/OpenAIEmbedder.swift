package import Assistant
internal import FoundationEssentials
internal import JSON

/// An embedding model behind `/embeddings`, in batches within the endpoint's limits.
package struct OpenAIEmbedder: Embedder {
    package let model: String
    private let client: OpenAIClient
    /// What the endpoint calls the model for each purpose, where it tells them apart by name.
    private let purposeNames: (query: String, passage: String)?

    private static let mostInputs = 2048
    private static let mostTokens = 300_000
    private static let mostTokensEach = 8_000

    /// - Parameters:
    ///   - model: The name that is sent and stored.
    ///   - purposeNames: Sent instead, for servers that take the purpose from the model's name.
    package init(client: OpenAIClient, model: String, purposeNames: (query: String, passage: String)? = nil) {
        self.client = client
        self.model = model
        self.purposeNames = purposeNames
    }

    package func embed(_ texts: [String], purpose: EmbeddingPurpose) async throws(EngineError) -> [[Float]] {
        let sent = purposeNames.map { purpose == .query ? $0.query : $0.passage } ?? model
        var vectors: [[Float]] = []
        for batch in Self.batches(of: texts) { vectors += try await embed(batch, as: sent) }
        guard Set(vectors.map(\.count)).count <= 1 else {
            throw malformed("its embeddings differ in length", requestID: nil)
        }
        return vectors
    }

    /// Groups within the limits. A text that is too long is cut; an empty one becomes a space, for the endpoint
    /// refuses it and every text needs its vector.
    static func batches(of texts: [String]) -> [[String]] {
        var batches: [[String]] = []
        var batch: [String] = []
        var tokens = 0
        for text in texts {
            let kept = text.isEmpty ? " " : String(TokenEstimate.prefix(of: text, tokens: mostTokensEach))
            let size = TokenEstimate.tokens(in: kept)
            if batch.count == mostInputs || (tokens + size > mostTokens && !batch.isEmpty) {
                batches.append(batch)
                (batch, tokens) = ([], 0)
            }
            batch.append(kept)
            tokens += size
        }
        return batch.isEmpty ? batches : batches + [batch]
    }

    private func embed(_ texts: [String], as name: String) async throws(EngineError) -> [[Float]] {
        let body: JSON = [
            "model": .string(name), "input": .array(texts.map(JSON.string)), "encoding_format": "base64",
        ]
        let answer = try await client.post("/embeddings", body)
        let data = answer.json["data"]?.array ?? []
        guard data.count == texts.count else {
            throw malformed("it gave \(data.count) embeddings for \(texts.count) texts", requestID: answer.requestID)
        }
        var vectors = [[Float]](repeating: [], count: texts.count)
        for (position, entry) in data.enumerated() {
            let index = entry["index"]?.integer ?? position
            guard vectors.indices.contains(index), vectors[index].isEmpty else {
                throw malformed("its embeddings are numbered wrongly", requestID: answer.requestID)
            }
            guard let vector = Self.vector(entry["embedding"]), !vector.isEmpty, vector.allSatisfy(\.isFinite) else {
                throw malformed("an embedding is not a list of numbers", requestID: answer.requestID)
            }
            vectors[index] = vector
        }
        return vectors
    }

    /// Base64 of little-endian 32-bit floats, or a list of numbers.
    static func vector(_ json: JSON?) -> [Float]? {
        switch json {
        case .string(let text):
            guard let bytes = Data(base64Encoded: text), bytes.count % 4 == 0 else { return nil }
            return stride(from: 0, to: bytes.count, by: 4).map { start in
                let word =
                    UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) << 16
                    | UInt32(bytes[start + 3]) << 24
                return Float(bitPattern: word)
            }
        case .array(let numbers):
            let values = numbers.compactMap { $0.number.map(Float.init) }
            return values.count == numbers.count ? values : nil
        default: return nil
        }
    }

    private func malformed(_ what: String, requestID: String?) -> EngineError {
        OpenAIFailure(endpoint: client.endpoint).malformed(what, requestID: requestID)
    }
}
