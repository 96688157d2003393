import JSON
import Testing

@testable import Assistant

struct `The price table` {
    @Test func `has a date and a source for each price`() {
        for row in PriceTable.listed.rows {
            #expect(row.date.wholeMatch(of: /20\d\d-(0[1-9]|1[0-2])/) != nil && !row.source.isEmpty)
            #expect(
                row.cachedInput <= row.input && (row.input <= row.output || row.output == 0)
                    && row.batchInput <= row.input)
            #expect(row.cacheWrite.map { $0 >= row.input } ?? true)
        }
    }

    @Test func `has the default models, old and new`() {
        for model in ["gpt-4.1-mini", "gpt-5.4-mini", "gpt-6.2-sol", "offline-planner"] {
            #expect(ModelPrices.listed.hasPrice(of: model))
        }
        #expect(!ModelPrices.listed.hasPrice(of: "gpt-0"))
    }

    @Test(arguments: [
        "", "{}", "[]", "[{}]", #"[{"model":"a"}]"#, row(#""input":-1"#), row(#""input":"2""#),
        row(#""cache_write":-1"#),
        row(#""long_input":{}"#), row(#""long_input":{"over":0,"input_times":2,"output_times":2}"#),
        row(#""long_input":{"over":9,"input_times":0.5,"output_times":2}"#), "[\(rowText("")),\(rowText(""))]",
    ]) func `says what is wrong with another`(_ text: String) {
        #expect(throws: PriceTable.Invalid.self) { try PriceTable(parsing: Array(text.utf8)) }
    }

    @Test func `reads a row without what is optional`() throws {
        let table = try PriceTable(parsing: Array("[\(Self.rowText(""))]".utf8))
        #expect(table.rows.count == 1 && table.rows[0].cacheWrite == nil && table.rows[0].longInput == nil)
    }

    private static func row(_ member: String) -> String { "[\(rowText(member))]" }

    /// A row with a member more, which stands for the one of its name.
    private static func rowText(_ member: String) -> String {
        var members = [
            "model": #""a""#, "input": "1", "cached_input": "0.1", "output": "2", "batch_input": "0.5",
            "batch_output": "1", "date": #""2026-11""#, "source": #""x""#,
        ]
        if let colon = member.firstIndex(of: ":") {
            members[member[..<colon].filter { $0 != "\"" }] = String(member[member.index(after: colon)...])
        }
        return "{" + members.map { "\"\($0.key)\":\($0.value)" }.sorted().joined(separator: ",") + "}"
    }
}

struct `The cost of a call` {
    private let prices = ModelPrices([
        "a": ModelPrices.Price(
            input: 2, cachedInput: 0.2, output: 10, cacheWrite: 2.5,
            longInput: ModelPrices.LongInput(over: 1000, inputTimes: 2, outputTimes: 1.5)),
        "b": ModelPrices.Price(input: 2, cachedInput: 0.2, output: 10),
    ])

    @Test func `is that of fresh, cached and written input and of the output`() {
        let usage = Usage(inputTokens: 1000, cachedInputTokens: 500, cacheWriteTokens: 300, outputTokens: 100)
        #expect(dollars(prices.cost(ofCall: usage, model: "a")) == 2250)
        #expect(dollars(prices.cost(ofCall: usage, model: "b")) == 2100)
    }

    @Test func `is more for all of a call with a long input, and never so for a sum`() {
        let usage = Usage(inputTokens: 1001, outputTokens: 100)
        #expect(dollars(prices.cost(ofCall: usage, model: "a")) == 5504)
        #expect(dollars(prices.cost(of: usage, model: "a")) == 3002)
        #expect(dollars(prices.cost(ofCall: usage, model: "b")) == 3002)
    }

    @Test func `is at most that of all input written and nothing cached`() {
        #expect(dollars(prices.most(inputTokens: 1000, outputTokens: 100, model: "a")) == 3500)
        #expect(dollars(prices.most(inputTokens: 2000, outputTokens: 100, model: "a")) == 11500)
        #expect(prices.most(inputTokens: 1, outputTokens: 1, model: "c") == nil)
    }

    @Test func `with a server that counts more cached than sent is never negative`() {
        let usage = Usage(inputTokens: 10, cachedInputTokens: 20, cacheWriteTokens: 30)
        #expect((prices.cost(ofCall: usage, model: "a") ?? -1) >= 0)
    }

    @Test func `is by the user's price, and what the user did not say is as it was`() {
        var prices = prices
        prices.set("a", input: 4, output: nil)
        #expect(prices.prices["a"] == ModelPrices.Price(input: 4, cachedInput: 4, output: 10))
        prices.set("b", input: nil, output: 20)
        #expect(prices.prices["b"] == ModelPrices.Price(input: 2, cachedInput: 0.2, output: 20))
        prices.set("c", input: 1, output: nil)
        #expect(!prices.hasPrice(of: "c"))
        prices.set("c", input: 1, output: 2)
        #expect(prices.prices["c"] == ModelPrices.Price(input: 1, cachedInput: 1, output: 2))
    }

    /// Millionths of a dollar.
    private func dollars(_ cost: Double?) -> Int? { cost.map { Int(($0 * 1_000_000).rounded()) } }
}
