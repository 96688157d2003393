package import Assistant

extension PriceTable {
    /// What items would cost, before anything is sent.
    package func estimate(
        items: some Sequence<EstimatedItem>, viaBatch: Bool = false
    ) -> CostEstimate {
        var estimate = CostEstimate(prices: viaBatch ? batchPrices : modelPrices, date: date, dates: dates)
        for item in items { estimate.add(item) }
        return estimate
    }
}
