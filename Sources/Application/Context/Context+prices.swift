package import Assistant
internal import Settings

extension Context {
    /// List prices, with those that the user configured.
    package var prices: ModelPrices { configured(PriceTable.listed.modelPrices) }

    /// The same for a Batch API. What the user configured counts as it is: nobody knows what the server takes off.
    package var batchPrices: ModelPrices { configured(PriceTable.listed.batchPrices) }

    private func configured(_ listed: ModelPrices) -> ModelPrices {
        var prices = listed
        for (model, price) in settings.prices { prices.set(model, input: price.input, output: price.output) }
        return prices
    }
}
