/// US dollars per million tokens, by model name.
package struct ModelPrices: Sendable, Hashable {
    package struct Price: Sendable, Hashable {
        package var input: Double
        package var cachedInput: Double
        package var output: Double
        /// For input that the server puts into its cache; nil where that costs what all input does.
        package var cacheWrite: Double?
        /// Nil where a call costs the same by the token however long it is.
        package var longInput: LongInput?

        package init(
            input: Double, cachedInput: Double, output: Double, cacheWrite: Double? = nil, longInput: LongInput? = nil
        ) {
            self.input = input
            self.cachedInput = cachedInput
            self.output = output
            self.cacheWrite = cacheWrite
            self.longInput = longInput
        }
    }

    /// A call with more input than this costs more, all of it.
    package struct LongInput: Sendable, Hashable {
        /// In tokens.
        package var over: Int
        package var inputTimes: Double
        package var outputTimes: Double

        package init(over: Int, inputTimes: Double, outputTimes: Double) {
            self.over = over
            self.inputTimes = inputTimes
            self.outputTimes = outputTimes
        }
    }

    package var prices: [String: Price]

    package init(_ prices: [String: Price]) {
        self.prices = prices
    }

    /// OpenAI's list prices, as ``PriceTable/listed`` has them; a user's configuration overrides them.
    package static let listed = PriceTable.listed.modelPrices

    /// What one call cost. Nil for a model without a price.
    package func cost(ofCall usage: Usage, model: String) -> Double? {
        guard let price = price(of: model), let cost = cost(of: usage, model: model) else { return nil }
        guard let long = price.longInput, usage.inputTokens > long.over else { return cost }
        let output = Double(usage.outputTokens) * price.output / 1_000_000
        return (cost - output) * long.inputTimes + output * long.outputTimes
    }

    /// What several calls cost together, of which none had a long input: a sum does not tell.
    package func cost(of usage: Usage, model: String) -> Double? {
        guard let price = price(of: model) else { return nil }
        let fresh = max(0, usage.inputTokens - usage.cachedInputTokens - usage.cacheWriteTokens)
        return
            (Double(fresh) * price.input + Double(usage.cachedInputTokens) * price.cachedInput
            + Double(usage.cacheWriteTokens) * (price.cacheWrite ?? price.input)
            + Double(usage.outputTokens) * price.output) / 1_000_000
    }

    /// What to say where a limit of money needs a price that nobody knows.
    package static func unknown(_ model: String) -> String {
        "the price of \(model) is not known, so --max-cost cannot hold: set price.\(model).input and .output"
    }

    /// The most that a call with these tokens may cost: nothing comes out of a cache, and all goes into it.
    package func most(inputTokens: Int, outputTokens: Int, model: String) -> Double? {
        let fresh = Usage(inputTokens: inputTokens, outputTokens: outputTokens)
        let written = Usage(inputTokens: inputTokens, cacheWriteTokens: inputTokens, outputTokens: outputTokens)
        guard let first = cost(ofCall: fresh, model: model), let second = cost(ofCall: written, model: model) else {
            return nil
        }
        return max(first, second)
    }

    /// Has the user's word count. What was not said is what it was; where nothing was, the price stays unknown.
    package mutating func set(_ model: String, input: Double?, output: Double?) {
        let listed = price(of: model)
        guard let output = output ?? listed?.output else { return }
        if let input {
            prices[model] = Price(input: input, cachedInput: input, output: output)
        } else if var price = listed {
            price.output = output
            prices[model] = price
        }
    }

    package func hasPrice(of model: String) -> Bool { price(of: model) != nil }

    /// A dated name (`gpt-4.1-mini-2025-04-14`) has the price of the name before its date.
    package func price(of model: String) -> Price? { prices[model] ?? prices[Self.undated(model)] }

    package static func undated(_ model: String) -> String {
        let parts = model.split(separator: "-")
        guard parts.count > 3, parts.suffix(3).allSatisfy({ $0.allSatisfy(\.isNumber) }) else { return model }
        return parts.dropLast(3).joined(separator: "-")
    }
}
