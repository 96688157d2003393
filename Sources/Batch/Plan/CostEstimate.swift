package import Assistant
internal import Counting
package import JSON

/// One item as it is estimated.
package struct EstimatedItem: Sendable, Hashable {
    package var model: String
    /// Of the prompt and what goes with it, by ``TokenEstimate``.
    package var inputTokens: Int
    /// What the answer is taken to need: nobody knows.
    package var outputTokens: Int
    /// Transcribed first, so neither its words nor the transcription are in the estimate.
    package var isRecording: Bool

    /// `instructionTokens` is what goes with each prompt (instructions, tools, context), `outputTokens` what is taken for
    /// the answer.
    package init(
        model: String, prompt: String, isRecording: Bool = false, instructionTokens: Int = 0, outputTokens: Int = 500
    ) {
        self.model = model
        self.isRecording = isRecording
        inputTokens = TokenEstimate.tokens(in: prompt) + instructionTokens
        self.outputTokens = outputTokens
    }
}

/// Items, tokens and cost by model, for `--dry-run`; items are added one at a time. One model call an item is counted:
/// tools make more.
package struct CostEstimate: Sendable {
    package struct Row: Sendable, Hashable {
        package var model: String
        package var items = 0
        package var recordings = 0
        package var inputTokens = 0
        package var outputTokens = 0
        /// In US dollars, what goes into a server's cache included; nil when the price is not known.
        package var cost: Double?
    }

    private var byModel: [String: Row] = [:]
    private let prices: ModelPrices
    private let date: String
    private let dates: [String: String]

    /// `date` is when the prices were said, `dates` the same by model where they differ.
    package init(prices: ModelPrices, date: String, dates: [String: String] = [:]) {
        self.prices = prices
        self.date = date
        self.dates = dates
    }

    package mutating func add(_ item: EstimatedItem) {
        var row = byModel[item.model] ?? Row(model: item.model)
        // By the item: a long one may cost more by the token.
        if let cost = prices.most(inputTokens: item.inputTokens, outputTokens: item.outputTokens, model: item.model) {
            row.cost = (row.cost ?? 0) + cost
        }
        row.items += 1
        row.recordings += item.isRecording ? 1 : 0
        row.inputTokens = row.inputTokens.adding(saturating: item.inputTokens)
        row.outputTokens = row.outputTokens.adding(saturating: item.outputTokens)
        byModel[item.model] = row
    }

    /// By model name.
    package var rows: [Row] { byModel.values.sorted { $0.model < $1.model } }

    /// In US dollars, of the models whose price is known; nil when there is none.
    package var cost: Double? {
        let known = rows.compactMap(\.cost)
        return known.isEmpty ? nil : known.reduce(0, +)
    }

    /// Models whose price is not known: the cost is more than what is said.
    package var unpriced: [String] { rows.filter { $0.cost == nil }.map(\.model) }

    /// The oldest date of the prices that were used.
    package var pricesOf: String {
        byModel.keys.compactMap { dates[$0] ?? dates[ModelPrices.undated($0)] }.min() ?? date
    }

    /// A table for a terminal, with a line of what it says and does not say.
    package var text: String {
        let rows = rows
        var lines = [["model", "items", "input tokens", "output tokens", "cost"]]
        for row in rows { lines.append(Self.cells(row.model, row.items, row.inputTokens, row.outputTokens, row.cost)) }
        if rows.count > 1 {
            lines.append(
                Self.cells(
                    "total", rows.reduce(0) { $0 + $1.items }, rows.map(\.inputTokens).saturatingSum(),
                    rows.map(\.outputTokens).saturatingSum(), cost))
            if cost != nil, !unpriced.isEmpty { lines[lines.count - 1][4] += " and what has no price" }
        }
        let widths = lines[0].indices.map { column in lines.map { SingleLine.columns(of: $0[column]) }.max() ?? 0 }
        var text = ""
        for line in lines {
            var shown = ""
            for (column, cell) in line.enumerated() {
                let space = String(repeating: " ", count: widths[column] - SingleLine.columns(of: cell))
                if column > 0 { shown += "  " }
                shown += column == 0 ? cell + space : (column == 4 ? cell : space + cell)
            }
            text += shown + "\n"
        }
        text += "Estimated with list prices of \(pricesOf), one model call an item.\n"
        let recordings = rows.reduce(0) { $0 + $1.recordings }
        if recordings > 0 {
            text +=
                "Not counted: what is said in \(recordings) recording\(recordings == 1 ? "" : "s"), and transcribing.\n"
        }
        return text
    }

    /// - `prices_of`: the oldest date of the prices that were used
    /// - `cost_usd`: US dollars of the models with a known price, or null; `complete`: whether that is all of them
    /// - `models`: each with `model`, `items`, `recordings`, `input_tokens`, `output_tokens`, `cost_usd` (or null)
    package var json: JSON {
        [
            "prices_of": .string(pricesOf), "cost_usd": .optional(cost),
            "complete": .bool(unpriced.isEmpty),
            "models": .array(
                rows.map { row in
                    [
                        "model": .string(row.model), "items": .integer(row.items),
                        "recordings": .integer(row.recordings),
                        "input_tokens": .integer(row.inputTokens), "output_tokens": .integer(row.outputTokens),
                        "cost_usd": .optional(row.cost),
                    ]
                }),
        ]
    }

    private static func cells(_ name: String, _ items: Int, _ input: Int, _ output: Int, _ cost: Double?) -> [String] {
        [
            SingleLine.of(name, columns: 40), Figures.grouped(items), Figures.grouped(input), Figures.grouped(output),
            cost.map { Figures.dollars($0) } ?? "price unknown",
        ]
    }
}
