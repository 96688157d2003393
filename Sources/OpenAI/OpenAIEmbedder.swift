package import Assistant

/// An embedding model behind `/embeddings`, asked in batches within the endpoint's limits.
///
/// A text that is too long is cut at a character. Models of the E5 family are told by a prefix what a text is for,
/// unless the server does that itself.
package struct OpenAIEmbedder: Embedder {
    package let model: String
    private let client: OpenAIClient
    private let purposeNames: (query: String, passage: String)?

    /// - Parameters:
    ///   - client: Where to ask.
    ///   - model: The name that is sent and stored.
    ///   - purposeNames: Sent instead of the name, for servers that take the purpose from it and write E5's prefixes
    ///     themselves.
    package init(client: OpenAIClient, model: String, purposeNames: (query: String, passage: String)? = nil) {
        self.client = client
        self.model = model
        self.purposeNames = purposeNames
    }

    package func embed(_ texts: [String], purpose: EmbeddingPurpose) async throws(EngineError) -> [[Float]] {
        let name = purposeNames.map { purpose == .query ? $0.query : $0.passage } ?? model
        let prefix = needsPrefix ? (purpose == .query ? "query: " : "passage: ") : ""
        let batches = EmbeddingBatches(mostTokensEach: mostTokensEach, measure: .estimate)
            .batches(of: texts.map { prefix + $0 })
        var vectors: [[Float]] = []
        for batch in batches { vectors += try await embed(batch, as: name) }
        guard vectors.allSatisfy({ $0.count == vectors[0].count }) else {
            throw client.failure.malformed("its embeddings differ in length", requestID: nil)
        }
        return vectors
    }

    private func embed(_ batch: [String], as name: String) async throws(EngineError) -> [[Float]] {
        do throws(EngineError) {
            return try await client.embeddings(of: batch, model: name).vectors
        } catch {
            // The tokens are estimated, and some texts take more: then they are cut so that no tokenizer can.
            let stricter = EmbeddingBatches(mostTokensEach: mostTokensEach, measure: .bytes).batches(of: batch)
            guard error.kind == .refused, stricter != [batch] else { throw error }
            var vectors: [[Float]] = []
            for batch in stricter { vectors += try await client.embeddings(of: batch, model: name).vectors }
            return vectors
        }
    }

    private var needsPrefix: Bool { purposeNames == nil && isE5 }

    /// OpenAI's limit, or that of E5 where the server does not split long texts itself.
    private var mostTokensEach: Int { needsPrefix ? 512 : 8_192 }

    /// Whether the name holds `e5` other than in the middle of a word: `multilingual-e5-large`, `intfloat/e5-base`.
    private var isE5: Bool {
        let name = Array(model.lowercased())
        return name.indices.dropLast().contains { index in
            name[index] == "e" && name[index + 1] == "5" && (index == 0 || !(name[index - 1].isLetter))
        }
    }
}
