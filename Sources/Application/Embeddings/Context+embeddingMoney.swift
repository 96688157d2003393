internal import Assistant
internal import Settings

extension Context {
    /// How many tokens of embeddings an amount of money buys, by estimate: any number without a limit or where they cost
    /// nothing, none where there is a limit and no price.
    package func embeddingTokens(for dollars: Double?) -> Int {
        guard let dollars, let endpoint = settings.embeddings.endpoint else { return .max }
        guard let million = dollarsPerMillion(endpoint.model) else { return 0 }
        guard million > 0 else { return .max }
        return Int(min(max(0, dollars) / million * 1_000_000, 1e15))
    }

    /// What so many tokens cost; nil where there is no price.
    func embeddingCost(of tokens: Int) -> Double? {
        guard let endpoint = settings.embeddings.endpoint else { return 0 }
        return dollarsPerMillion(endpoint.model).map { $0 * Double(tokens) / 1_000_000 }
    }

    private func dollarsPerMillion(_ model: String) -> Double? {
        prices.most(inputTokens: 1_000_000, outputTokens: 0, model: model)
    }
}
