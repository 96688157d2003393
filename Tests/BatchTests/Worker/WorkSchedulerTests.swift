import JSON
import Memory
import Testing

@testable import Batch

private let begun = ContinuousClock.now

private func at(_ seconds: Double) -> ContinuousClock.Instant { begun + .seconds(seconds) }

private func item(_ position: Int) -> ClaimedItem {
    ClaimedItem(
        position: position, name: "item\(position)", attempt: 1, prompt: "what?", options: [:], reserved: 0, failures: 0
    )
}

private func done(_ position: Int) -> ItemEnding {
    .ended(ItemOutcome(position: position, attempt: 1, state: .done, answer: "this", inputTokens: 1, outputTokens: 1))
}

extension WorkFloor.Step {
    fileprivate var started: Int? { if case .start(let item) = self { item.position } else { nil } }
    fileprivate var claimed: Int? { if case .claim(let most) = self { most } else { nil } }
    fileprivate var flushed: [Int]? { if case .flush(let outcomes) = self { outcomes.map(\.position) } else { nil } }
}

struct `The floor of a worker` {
    private func floor(_ concurrency: Int, waiting: Range<Int> = 0..<0) -> WorkFloor {
        var floor = WorkFloor(bounds: BatchBounds(concurrency: concurrency), at: at(0))
        if !waiting.isEmpty {
            _ = floor.nextSteps(at: at(0))
            floor.claimed(waiting.map(item), at: at(0))
        }
        return floor
    }

    @Test func `claims somewhat more than it can begin, once at a time`() {
        var floor = floor(8)
        #expect(floor.nextSteps(at: at(0)).compactMap(\.claimed) == [14])
        #expect(floor.nextSteps(at: at(0)).isEmpty)
    }

    @Test func `begins in order, a few more items than calls`() {
        var floor = floor(8, waiting: 0..<12)
        #expect(floor.nextSteps(at: at(0)).compactMap(\.started) == Array(0..<10))
        #expect(floor.callLimit(at: at(0)) == 8)
    }

    @Test func `lets the first go alone under a bound of tokens, and takes what it used for the next`() {
        var floor = WorkFloor(bounds: BatchBounds(concurrency: 8, tokensPerMinute: 6000), at: at(0))
        _ = floor.nextSteps(at: at(0))
        floor.claimed((0..<8).map(item), at: at(0))
        #expect(floor.nextSteps(at: at(0)).compactMap(\.started) == [0])
        #expect(floor.nextSteps(at: at(3)).compactMap(\.started).isEmpty)
        var first = ItemOutcome(position: 0, attempt: 1, state: .done, answer: "this")
        (first.inputTokens, first.outputTokens) = (200, 50)
        floor.ended(.ended(first), at: at(3))
        // Of 100 tokens a second there are 500 at most.
        #expect(floor.nextSteps(at: at(10)).compactMap(\.started) == [1, 2])
        #expect(floor.nextSteps(at: at(13)).compactMap(\.started) == [3])
    }

    @Test func `goes on under a bound of tokens when the server does not say what it used`() {
        var floor = WorkFloor(bounds: BatchBounds(concurrency: 8, tokensPerMinute: 6000), at: at(0))
        _ = floor.nextSteps(at: at(0))
        floor.claimed((0..<8).map(item), at: at(0))
        #expect(floor.nextSteps(at: at(0)).compactMap(\.started) == [0])
        floor.ended(.ended(ItemOutcome(position: 0, attempt: 1, state: .done, answer: "this")), at: at(1))
        #expect(floor.nextSteps(at: at(1)).compactMap(\.started) == Array(1..<8))
    }

    @Test func `slows down when an item was refused and asks again by itself`() {
        var floor = floor(9, waiting: 0..<9)
        #expect(floor.callLimit(at: at(0)) == 9)
        floor.note(EndpointTrouble(.limit, begun: at(0), message: "Too many."), at: at(0))
        #expect(floor.callLimit(at: at(0.1)) == 6)
    }

    @Test func `tells what has ended in groups`() {
        var floor = floor(4, waiting: 0..<4)
        _ = floor.nextSteps(at: at(0))
        for position in 0..<3 { floor.ended(done(position), at: at(0.01)) }
        #expect(floor.nextSteps(at: at(0.01)).compactMap(\.flushed).isEmpty)
        #expect(floor.nextSteps(at: at(0.1)).compactMap(\.flushed) == [[0, 1, 2]])
        floor.ended(done(3), at: at(0.1))
        // One group at a time.
        #expect(floor.nextSteps(at: at(1)).compactMap(\.flushed).isEmpty)
        floor.flushed()
        #expect(floor.nextSteps(at: at(1)).compactMap(\.flushed) == [[3]])
    }

    @Test func `sends outcomes again that the store did not take`() {
        var floor = floor(4, waiting: 0..<2)
        _ = floor.nextSteps(at: at(0))
        floor.ended(done(0), at: at(0))
        _ = floor.nextSteps(at: at(1))
        floor.ended(done(1), at: at(1))
        floor.flushFailed()
        #expect(floor.nextSteps(at: at(2)).compactMap(\.flushed) == [[0, 1]])
    }

    @Test func `begins nothing while the store is away, and keeps what has ended`() {
        var floor = floor(4, waiting: 0..<4)
        floor.isStoreAway = true
        #expect(floor.nextSteps(at: at(10)).isEmpty)
        floor.isStoreAway = false
        #expect(floor.nextSteps(at: at(10)).compactMap(\.started) == [0, 1, 2, 3])
    }

    @Test func `ends what is in flight and drops what was not begun when it is to end`() {
        var floor = floor(2, waiting: 0..<6)
        _ = floor.nextSteps(at: at(0))
        floor.isEnding = true
        #expect(floor.nextSteps(at: at(0)).isEmpty)
        #expect(!floor.isIdle)
        for position in 0..<3 { floor.ended(done(position), at: at(1)) }
        #expect(floor.nextSteps(at: at(1)).compactMap(\.flushed) == [[0, 1, 2]])
        floor.flushed()
        #expect(floor.isIdle)
    }

    @Test func `names all items it knows after a claim whose answer was lost`() {
        var floor = floor(2, waiting: 0..<4)
        _ = floor.nextSteps(at: at(0))
        floor.ended(done(0), at: at(0))
        #expect(floor.takeLostClaim() == nil)
        floor.claimFailed()
        #expect(Set(floor.takeLostClaim() ?? []) == [0, 1, 2, 3])
        #expect(floor.takeLostClaim() == nil)
    }

    @Test(arguments: [(64, 1), (64, 8), (64, 7), (3, 8), (1, 100)])
    func `keeps to the bound of all workers together`(concurrency: Int, workers: Int) {
        let bounds = BatchBounds(concurrency: concurrency)
        let limits = (0..<workers).map { rank in
            var floor = WorkFloor(bounds: bounds, at: at(0))
            floor.share(bounds, workers: workers, rank: rank)
            for position in 0..<200 { floor.ended(done(position), at: at(0)) }
            return floor.callLimit(at: at(0))
        }
        #expect(limits.reduce(0, +) == concurrency)
    }

    @Test func `counts further calls of its items against the requests a minute`() {
        var floor = WorkFloor(bounds: BatchBounds(concurrency: 4, requestsPerMinute: 60), at: at(0))
        _ = floor.nextSteps(at: at(0))
        floor.claimed((0..<4).map(item), at: at(0))
        #expect(floor.nextSteps(at: at(0)).compactMap(\.started) == [0])
        floor.noteFurtherCalls(3)
        #expect(floor.nextSteps(at: at(3)).compactMap(\.started).isEmpty)
        #expect(floor.nextSteps(at: at(4.1)).compactMap(\.started) == [1])
    }
}
