import Assistant
import JSON
import Testing

@testable import Batch

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
        #expect(estimate.json["complete"] == false && estimate.json["models"]?[1]?["cost_usd"] == .null)
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

    @Test func `has the date of the prices that were used`() {
        let old = EstimatedItem(model: "gpt-4.1-2025-04-14", prompt: "abc")
        let new = EstimatedItem(model: "gpt-6.2-sol", prompt: "abc")
        #expect(PriceTable.listed.estimate(items: [new]).pricesOf == "2026-11")
        #expect(PriceTable.listed.estimate(items: [new, old]).pricesOf == "2025-08")
    }

    @Test func `counts what goes into a cache, and what a long prompt costs more`() {
        func cost(_ tokens: Int) -> Double {
            PriceTable.listed.estimate(
                items: [EstimatedItem(model: "gpt-6-sol", prompt: "", instructionTokens: tokens, outputTokens: 100_000)]
            ).cost ?? 0
        }
        #expect(abs(cost(272_000) - 1.68) < 1e-9)
        #expect(abs(cost(300_000) - 3) < 1e-9)
    }

    @Test func `of nothing is nothing`() {
        let estimate = PriceTable.listed.estimate(items: [])
        #expect(estimate.cost == nil && estimate.rows.isEmpty && estimate.json["models"] == [])
    }
}
