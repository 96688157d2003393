internal import JSON

/// Dated list prices in US dollars per million tokens, from `prices.json`: the one place where prices are.
package struct PriceTable: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        package var model: String
        package var input: Double
        package var cachedInput: Double
        /// Nil where it costs what all input does.
        package var cacheWrite: Double?
        package var output: Double
        /// Through a Batch API.
        package var batchInput: Double
        package var batchOutput: Double
        package var longInput: ModelPrices.LongInput?
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
        for (index, row) in (parsed.array ?? []).enumerated() { rows.append(try Row(row, number: index + 1)) }
        guard !rows.isEmpty else { throw Invalid(description: "The price table has no rows.") }
        guard Set(rows.map(\.model)).count == rows.count else {
            throw Invalid(description: "The price table has a model twice.")
        }
    }

    /// For runs; one model at a time.
    package var modelPrices: ModelPrices {
        prices { row in
            ModelPrices.Price(
                input: row.input, cachedInput: row.cachedInput, output: row.output, cacheWrite: row.cacheWrite,
                longInput: row.longInput)
        }
    }

    /// For a Batch API; what a cache saves is not counted on.
    package var batchPrices: ModelPrices {
        prices { row in
            ModelPrices.Price(
                input: row.batchInput, cachedInput: row.batchInput, output: row.batchOutput,
                cacheWrite: row.cacheWrite.map { row.input > 0 ? $0 * row.batchInput / row.input : $0 },
                longInput: row.longInput)
        }
    }

    /// The oldest date of the table.
    package var date: String { rows.map(\.date).min() ?? "" }

    /// When each price was said, by model name.
    package var dates: [String: String] {
        Dictionary(rows.map { ($0.model, $0.date) }, uniquingKeysWith: { first, _ in first })
    }

    private func prices(_ price: (Row) -> ModelPrices.Price) -> ModelPrices {
        ModelPrices(Dictionary(rows.map { ($0.model, price($0)) }, uniquingKeysWith: { first, _ in first }))
    }
}

extension PriceTable.Row {
    fileprivate init(_ json: JSON, number: Int) throws(PriceTable.Invalid) {
        func invalid(_ key: String) -> PriceTable.Invalid {
            PriceTable.Invalid(description: "Row \(number) of the price table has no valid \(key).")
        }
        func text(_ key: String) throws(PriceTable.Invalid) -> String {
            guard let text = json[key]?.string, !text.isEmpty else { throw invalid(key) }
            return text
        }
        func price(_ key: String) throws(PriceTable.Invalid) -> Double {
            guard let number = json[key]?.number, number >= 0 else { throw invalid(key) }
            return number
        }
        model = try text("model")
        input = try price("input")
        cachedInput = try price("cached_input")
        cacheWrite = json["cache_write"] == nil ? nil : try price("cache_write")
        output = try price("output")
        batchInput = try price("batch_input")
        batchOutput = try price("batch_output")
        if let long = json["long_input"] {
            guard let over = long["over"]?.integer, over > 0, let inputTimes = long["input_times"]?.number,
                let outputTimes = long["output_times"]?.number, inputTimes >= 1, outputTimes >= 1
            else { throw invalid("long_input") }
            longInput = ModelPrices.LongInput(over: over, inputTimes: inputTimes, outputTimes: outputTimes)
        }
        date = try text("date")
        source = try text("source")
    }
}
