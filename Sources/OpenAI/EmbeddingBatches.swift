/// Cuts texts into requests that an embeddings endpoint accepts.
struct EmbeddingBatches {
    /// How tokens are counted without the model's tokenizer.
    enum Measure: Sendable {
        /// A token for three ASCII bytes, and one for each scalar beyond: more than prose and code take, but fewer
        /// than long hashes do.
        case estimate
        /// A token for each byte: no tokenizer takes more.
        case bytes

        /// In thirds of a token.
        fileprivate func weight(of byte: UInt8) -> Int {
            switch self {
            case .bytes: 3
            case .estimate: byte < 0x80 ? 1 : byte >= 0xc0 ? 3 : 0
            }
        }

        fileprivate func weight(of text: some StringProtocol) -> Int { text.utf8.reduce(0) { $0 + weight(of: $1) } }
    }

    static let mostInputs = 2048
    static let mostTokens = 300_000

    /// Of one text.
    let mostTokensEach: Int
    let measure: Measure

    func batches(of texts: [String]) -> [[String]] {
        var batches: [[String]] = []
        var batch: [String] = []
        var weight = 0
        for text in texts {
            let kept = cut(text)
            let added = measure.weight(of: kept)
            if batch.count == Self.mostInputs || (weight + added > 3 * Self.mostTokens && !batch.isEmpty) {
                batches.append(batch)
                (batch, weight) = ([], 0)
            }
            batch.append(kept)
            weight += added
        }
        return batch.isEmpty ? batches : batches + [batch]
    }

    /// The text, or as many whole characters of it as fit. An empty one becomes a space: the endpoint refuses it,
    /// and every text needs its vector.
    private func cut(_ text: String) -> String {
        guard measure.weight(of: text) > 3 * mostTokensEach else { return text.isEmpty ? " " : text }
        let whole = prefix(of: text, text.indices)
        // A character can be as long as its writer likes.
        return String(whole.isEmpty ? prefix(of: text, text.unicodeScalars.indices) : whole)
    }

    private func prefix(of text: String, _ indices: some Sequence<String.Index>) -> Substring {
        var weight = 0
        var end = text.startIndex
        for index in indices {
            weight += measure.weight(of: text[end..<index])
            guard weight <= 3 * mostTokensEach else { break }
            end = index
        }
        return text[..<end]
    }
}
