import Testing

@testable import Retrieval

struct `The words of a question` {
    @Test func `are all looked for in a small memory`() {
        let query = WordQuery(words: ["a", "b"], shares: [:], messages: 500)
        #expect(query.candidates == "a | b")
        #expect(query.ranking == "a | b")
    }

    @Test func `are looked for in pairs when many messages have them`() {
        let query = WordQuery(
            words: ["commit", "parser", "author"], shares: ["commit": 0.4, "author": 0.05, "parser": 0.002],
            messages: 100_000)
        #expect(query.candidates == "parser")
        let pairs = WordQuery(
            words: ["commit", "author"], shares: ["commit": 0.08, "author": 0.05], messages: 100_000)
        #expect(pairs.candidates == "(author & commit)")
        let common = WordQuery(words: ["a", "b", "c"], shares: ["a": 0.8, "b": 0.7, "c": 0.9], messages: 100_000)
        #expect(common.candidates == "b & a & c")
    }

    @Test func `weigh more the fewer messages have them`() {
        let query = WordQuery(
            words: ["commit", "parser", "rare"], shares: ["commit": 0.4, "parser": 0.01], messages: 100_000)
        #expect(query.weights == query.weights.sorted())
        #expect(query.weights.allSatisfy { $0 > 0 })
    }
}
