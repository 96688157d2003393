import Testing

@testable import Retrieval

struct `What speaks for a text` {
    /// A question whose nearest are these, and what its words say for them.
    private static func best(_ all: [Evidence]) -> Int? {
        let scores = Evidence.scores(of: all)
        return scores.indices.max { scores[$0] < scores[$1] }
    }

    private static func near(_ count: Int, from top: Double, step: Double, share: Double = 0) -> [Evidence] {
        (0..<count).map { Evidence(similarity: top - Double($0) * step, wordShare: share) }
    }

    @Test func `of a word or two loses nothing against meaning`() {
        // Sixty texts that have a word of the question, and one that means it.
        let all = [Evidence(similarity: 0.86, wordShare: 0)] + Self.near(60, from: 0.84, step: 0.0005, share: 0.3)
        #expect(Self.best(all) == 0)
    }

    @Test func `of all words decides between texts of like meaning`() {
        let all = Self.near(30, from: 0.85, step: 0.001) + [Evidence(similarity: 0.84, wordShare: 1)]
        #expect(Self.best(all) == 30)
    }

    @Test func `of words alone orders what has no vector`() {
        let all = [0.2, 0.9, 0.5].map { Evidence(similarity: nil, wordShare: $0) }
        #expect(Self.best(all) == 1)
        // Beside texts that have one it is found, too.
        let mixed = Self.near(20, from: 0.8, step: 0.001, share: 0.1) + [Evidence(similarity: nil, wordShare: 1)]
        let scores = Evidence.scores(of: mixed)
        #expect(scores.filter { $0 > scores[20] }.count < 5)
    }

    @Test func `of nothing is nothing`() {
        #expect(Evidence.scores(of: []).isEmpty)
        #expect(Evidence.scores(of: [Evidence(similarity: 0.5, wordShare: 0)]) == [0])
    }
}
