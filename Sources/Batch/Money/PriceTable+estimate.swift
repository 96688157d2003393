package import Assistant
internal import JSON

/// Dated list prices in US dollars per million tokens, from `prices.json`.
package struct PriceTable: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        package var model: String
        package var input: Double
        package var cachedInput: Double
        package var output: Double
        /// Through a Batch API.
        package var batchInput: Double
        package var batchOutput: Double
        /// `YYYY-MM`: when the source said so.
        package var date: String
        package var source: String
    }

    /// What is wrong with a table, in one sentence.
    package struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        package let description: String
    }

    package var rows: [Row]

    /// The table in the program.
    package static let listed: PriceTable = {
        do {
            return try PriceTable(parsing: PackageResources.prices_json)
        } catch {
            preconditionFailure("the program was built with an unreadable price table: \(error)")
        }
    }()

    package init(parsing bytes: [UInt8]) throws(Invalid) {
        let parsed: JSON
        do throws(JSONError) {
            parsed = try JSON(parsing: bytes)
        } catch {
            throw Invalid(description: "The price table is \(error).")
        }
        rows = []
        for (index, row) in (parsed.array ?? []).enumerated() { rows.append(try Self.row(row, index)) }
        guard !rows.isEmpty else { throw Invalid(description: "The price table has no rows.") }
        guard Set(rows.map(\.model)).count == rows.count else {
            throw Invalid(description: "The price table has a model twice.")
        }
    }

    private static func row(_ json: JSON, _ index: Int) throws(Invalid) -> Row {
        func text(_ key: String) throws(Invalid) -> String {
            guard let text = json[key]?.string, !text.isEmpty else {
                throw Invalid(description: "Row \(index + 1) of the price table has no \(key).")
            }
            return text
        }
        func price(_ key: String) throws(Invalid) -> Double {
            guard let number = json[key]?.number, number >= 0 else {
                throw Invalid(description: "Row \(index + 1) of the price table has no \(key).")
            }
            return number
        }
        return Row(
            model: try text("model"), input: try price("input"), cachedInput: try price("cached_input"),
            output: try price("output"), batchInput: try price("batch_input"), batchOutput: try price("batch_output"),
            date: try text("date"), source: try text("source"))
    }

    /// For runs; one model at a time.
    package var modelPrices: ModelPrices { prices { ($0.input, $0.cachedInput, $0.output) } }

    /// For a Batch API; what a cache saves is not counted on.
    package var batchPrices: ModelPrices { prices { ($0.batchInput, $0.batchInput, $0.batchOutput) } }

    /// The oldest date of the table.
    package var date: String { rows.map(\.date).min() ?? "" }

    private func prices(_ price: (Row) -> (Double, Double, Double)) -> ModelPrices {
        var prices: [String: ModelPrices.Price] = [:]
        for row in rows {
            let (input, cachedInput, output) = price(row)
            prices[row.model] = ModelPrices.Price(input: input, cachedInput: cachedInput, output: output)
        }
        return ModelPrices(prices)
    }

    /// What items would cost, before anything is sent.
    package func estimate(
        items: some Sequence<EstimatedItem>, viaBatch: Bool = false
    ) -> CostEstimate {
        var estimate = CostEstimate(prices: viaBatch ? batchPrices : modelPrices, date: date)
        for item in items { estimate.add(item) }
        return estimate
    }
}
