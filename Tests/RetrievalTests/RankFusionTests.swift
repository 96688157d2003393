import Testing

@testable import Retrieval

struct `Rank fusion` {
    @Test func `puts first what stands high in several lists`() {
        let fused = RankFusion.fuse([["a", "b", "c"], ["d", "b", "e"]])
        #expect(fused.map(\.key) == ["b", "a", "d", "c", "e"])
        #expect(abs(fused[0].score - 2.0 / 62) < 1e-12)
    }

    @Test func `keeps the order of one list`() {
        #expect(RankFusion.fuse([[3, 1, 2]]).map(\.key) == [3, 1, 2])
        #expect(RankFusion.fuse([[Int]]()).isEmpty)
    }
}
