import Assistant
import JSON
import Testing

@testable import Batch

struct `The price table` {
    @Test func `has a date and a source for each price`() {
        for row in PriceTable.listed.rows {
            #expect(row.date.wholeMatch(of: /20\d\d-(0[1-9]|1[0-2])/) != nil && !row.source.isEmpty)
            #expect(row.cachedInput <= row.input && row.input <= row.output && row.batchInput <= row.input)
        }
    }

    @Test func `agrees with the prices that runs are counted with`() {
        let prices = PriceTable.listed.modelPrices.prices
        for (model, price) in ModelPrices.listed.prices { #expect(prices[model] == price) }
    }

    @Test(arguments: [
        "", "{}", "[]", "[{}]", #"[{"model":"a"}]"#,
        #"[{"model":"a","input":-1,"cached_input":0,"output":1,"batch_input":1,"batch_output":1,"date":"2025-08","source":"x"}]"#,
    ]) func `says what is wrong with another`(_ text: String) {
        #expect(throws: PriceTable.Invalid.self) { try PriceTable(parsing: Array(text.utf8)) }
    }
}

struct `An estimate of what a batch costs` {
    private let items = [
        EstimatedItem(model: "gpt-4.1", prompt: String(repeating: "abc", count: 1000), outputTokens: 500),
        EstimatedItem(model: "gpt-4.1", prompt: "", isRecording: true, instructionTokens: 1000, outputTokens: 500),
        EstimatedItem(model: "other", prompt: "abc", outputTokens: 10),
    ]

    @Test func `is by model, without a price where none is known`() {
        let estimate = PriceTable.listed.estimate(items: items)
        #expect(estimate.rows.map(\.model) == ["gpt-4.1", "other"])
        #expect(estimate.rows[0].inputTokens == 2000 && estimate.rows[0].outputTokens == 1000)
        #expect(abs((estimate.cost ?? 0) - 0.012) < 1e-12)
        #expect(estimate.unpriced == ["other"])
        #expect(estimate.json["complete"] == false && estimate.json["models"]?[1]?["cost"] == .null)
        #expect(PriceTable.listed.estimate(items: items.suffix(1)).cost == nil)
    }

    @Test func `is half through a Batch API`() {
        let cost = PriceTable.listed.estimate(items: items, viaBatch: true).cost ?? 0
        #expect(abs(cost - 0.006) < 1e-12)
    }

    @Test func `is a table that says what it leaves out`() {
        #expect(
            PriceTable.listed.estimate(items: items).text == """
                model    items  input tokens  output tokens  cost
                gpt-4.1      2         2,000          1,000  $0.01
                other        1             1             10  price unknown
                total        3         2,001          1,010  $0.01 and what has no price
                Estimated with list prices of 2025-08, one model call an item.
                Not counted: what is said in 1 recording, and transcribing.

                """)
    }

    @Test func `of nothing is nothing`() {
        let estimate = PriceTable.listed.estimate(items: [])
        #expect(estimate.cost == nil && estimate.rows.isEmpty && estimate.json["models"] == [])
    }
}
