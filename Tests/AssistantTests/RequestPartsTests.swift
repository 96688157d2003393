import Assistant
import Synchronization
import Testing

struct `A request in parts` {
    private static let parts = RequestParts(
        ["one", "two", "three"], instructions: "Say what it is.", heading: "In short:")

    private static func request(steps: Int = 20, tokens: Int = 200_000, money: Double? = nil) -> Request {
        Request(
            text: "join them", parts: parts,
            limits: RunLimits(maxSteps: steps, maxTokens: tokens, maxCostInUSD: money))
    }

    private static func answers(tokens: Int = 10) -> [ChatResponse] {
        ["A", "B", "C", "joined"].map { text in
            ChatResponse(text: text, usage: Usage(inputTokens: tokens), model: "scripted")
        }
    }

    private static func steps(_ journal: ListJournal) -> Set<Int> {
        Set(journal.entries.compactMap { if case .step(let index) = $0 { index } else { nil } })
    }

    @Test func `has a step for each part and one for what joins them`() async throws {
        let journal = ListJournal()
        let model = ScriptedModel(Self.answers())
        let answer = await Assistant.forTest(model, journal: journal).handle(Self.request())
        #expect(answer.state == .done)
        #expect(answer.text == "joined")
        #expect(answer.usage.inputTokens == 40)
        #expect(journal.entries.count == 6)
        #expect(Self.steps(journal) == [0, 1, 2, 3])
        #expect(journal.entries.dropLast().last == .step(3))
        let asked = Set(model.requests.prefix(3).map(\.messages))
        #expect(
            asked
                == Set(
                    Self.parts.texts.enumerated().map { index, text in
                        [.system("Say what it is."), .user("Part \(index + 1) of 3:\n\n\(text)")]
                    }))
        guard case .user(let joined) = try #require(model.requests.last?.messages.last) else {
            Issue.record("the summaries are not the last message")
            return
        }
        #expect(joined.hasPrefix("In short:\n\n<file name=\"summary of part 1 of 3\">\n"))
        #expect(["A", "B", "C"].allSatisfy { joined.contains("\n\($0)\n</file>") })
    }

    @Test(arguments: [1, 2, 3])
    func `asks nothing when the steps are too few for all of it`(steps: Int) async {
        let journal = ListJournal()
        let model = ScriptedModel(Self.answers())
        let answer = await Assistant.forTest(model, journal: journal).handle(Self.request(steps: steps))
        #expect(answer.state == .limited)
        #expect(answer.failure == .limit("\(steps) model calls"))
        #expect(model.requests.isEmpty)
        #expect(journal.entries == [.begin("join them"), .finish(.limited, nil)])
    }

    @Test func `is not joined when its parts have used up the tokens or the money`() async {
        let model = ScriptedModel(Self.answers(tokens: 400))
        let answer = await Assistant.forTest(model).handle(Self.request(tokens: 1_200))
        #expect(answer.failure == .limit("1200 tokens"))
        #expect(model.requests.count == 3)
        // A price that nobody knows may be any.
        let unpriced = ScriptedModel(Self.answers())
        _ = await Assistant.forTest(unpriced).handle(Self.request(money: 1))
        #expect(unpriced.requests.count == 3)
    }

    @Test func `keeps the steps that were answered when another part fails`() async {
        let journal = ListJournal()
        let model = ScriptedModel(Array(Self.answers().prefix(2)))
        let answer = await Assistant.forTest(model, journal: journal).handle(Self.request())
        #expect(answer.failure == .engine(EngineError(.unavailable, "the script is over")))
        #expect(Self.steps(journal).count == 2)
        #expect(answer.usage.inputTokens == 20)
    }

    @Test func `is shown with its secrets taken out, of the summaries too`() async {
        let model = ScriptedModel([ScriptedModel.text("it is one")] + Self.answers().dropFirst())
        _ = await Assistant.forTest(model, redact: { $0.replacing("one", with: "[redacted]") })
            .handle(Self.request())
        let texts = model.requests.flatMap(\.messages).map { "\($0)" }
        #expect(texts.count == 9 && !texts.contains { $0.contains("one") })
    }
}
