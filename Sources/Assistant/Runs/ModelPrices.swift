/// US dollars per million tokens, by model name.
package struct ModelPrices: Sendable, Hashable {
    package struct Price: Sendable, Hashable {
        package var input: Double
        package var cachedInput: Double
        package var output: Double

        package init(input: Double, cachedInput: Double, output: Double) {
            self.input = input
            self.cachedInput = cachedInput
            self.output = output
        }
    }

    package var prices: [String: Price]

    package init(_ prices: [String: Price]) {
        self.prices = prices
    }

    /// Nil for a model without a price. A dated name (`gpt-4.1-mini-2025-04-14`) has the price of the name
    /// before its date.
    package func cost(of usage: Usage, model: String) -> Double? {
        guard let price = prices[model] ?? prices[Self.undated(model)] else { return nil }
        let fresh = usage.inputTokens - usage.cachedInputTokens
        return
            (Double(fresh) * price.input + Double(usage.cachedInputTokens) * price.cachedInput
            + Double(usage.outputTokens) * price.output) / 1_000_000
    }

    package func hasPrice(of model: String) -> Bool { cost(of: Usage(), model: model) != nil }

    private static func undated(_ model: String) -> String {
        let parts = model.split(separator: "-")
        guard parts.count > 3, parts.suffix(3).allSatisfy({ $0.allSatisfy(\.isNumber) }) else { return model }
        return parts.dropLast(3).joined(separator: "-")
    }

    /// OpenAI's list prices as of 2025-08; a user's configuration overrides them. The offline planner is free.
    package static let listed = ModelPrices([
        "offline-planner": Price(input: 0, cachedInput: 0, output: 0),
        "gpt-4.1": Price(input: 2, cachedInput: 0.5, output: 8),
        "gpt-4.1-mini": Price(input: 0.4, cachedInput: 0.1, output: 1.6),
        "gpt-4.1-nano": Price(input: 0.1, cachedInput: 0.025, output: 0.4),
        "gpt-4o": Price(input: 2.5, cachedInput: 1.25, output: 10),
        "gpt-4o-mini": Price(input: 0.15, cachedInput: 0.075, output: 0.6),
        "gpt-5": Price(input: 1.25, cachedInput: 0.125, output: 10),
        "gpt-5-mini": Price(input: 0.25, cachedInput: 0.025, output: 2),
        "gpt-5-nano": Price(input: 0.05, cachedInput: 0.005, output: 0.4),
    ])
}
