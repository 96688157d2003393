import BatchQueue
import JSON
import Testing

@testable import Batch

private let begun = ContinuousClock.now

private func at(_ seconds: Double) -> ContinuousClock.Instant { begun + .seconds(seconds) }

private func item(_ position: Int) -> ClaimedItem {
    ClaimedItem(
        position: position, name: "item\(position)", attempt: 1, prompt: "what?", reserved: 0, failures: 0
    )
}

private func done(_ position: Int) -> ItemEnding {
    .ended(ItemOutcome(position: position, attempt: 1, state: .done, answer: "this", inputTokens: 1, outputTokens: 1))
}

extension WorkScheduler.Step {
    fileprivate var started: Int? { if case .start(let item) = self { item.position } else { nil } }
    fileprivate var claimed: Int? { if case .claim(let most) = self { most } else { nil } }
    fileprivate var flushed: [Int]? { if case .flush(let outcomes) = self { outcomes.map(\.position) } else { nil } }
}

struct `The scheduler of a worker` {
    private func scheduler(_ concurrency: Int, waiting: Range<Int> = 0..<0) -> WorkScheduler {
        var scheduler = WorkScheduler(bounds: BatchBounds(concurrency: concurrency), at: at(0))
        if !waiting.isEmpty {
            _ = scheduler.nextSteps(at: at(0))
            scheduler.claimed(waiting.map(item), at: at(0))
        }
        return scheduler
    }

    @Test func `claims somewhat more than it can begin, once at a time`() {
        var scheduler = scheduler(8)
        #expect(scheduler.nextSteps(at: at(0)).compactMap(\.claimed) == [14])
        #expect(scheduler.nextSteps(at: at(0)).isEmpty)
    }

    @Test func `begins in order, a few more items than calls`() {
        var scheduler = scheduler(8, waiting: 0..<12)
        #expect(scheduler.nextSteps(at: at(0)).compactMap(\.started) == Array(0..<10))
        #expect(scheduler.callLimit(at: at(0)) == 8)
    }

    @Test func `lets the first go alone under a bound of tokens, and takes what it used for the next`() {
        var scheduler = WorkScheduler(bounds: BatchBounds(concurrency: 8, tokensPerMinute: 6000), at: at(0))
        _ = scheduler.nextSteps(at: at(0))
        scheduler.claimed((0..<8).map(item), at: at(0))
        #expect(scheduler.nextSteps(at: at(0)).compactMap(\.started) == [0])
        #expect(scheduler.nextSteps(at: at(3)).compactMap(\.started).isEmpty)
        var first = ItemOutcome(position: 0, attempt: 1, state: .done, answer: "this")
        (first.inputTokens, first.outputTokens) = (200, 50)
        scheduler.ended(.ended(first), at: at(3))
        // Of 100 tokens a second there are 500 at most.
        #expect(scheduler.nextSteps(at: at(10)).compactMap(\.started) == [1, 2])
        #expect(scheduler.nextSteps(at: at(13)).compactMap(\.started) == [3])
    }

    @Test func `goes on under a bound of tokens when the server does not say what it used`() {
        var scheduler = WorkScheduler(bounds: BatchBounds(concurrency: 8, tokensPerMinute: 6000), at: at(0))
        _ = scheduler.nextSteps(at: at(0))
        scheduler.claimed((0..<8).map(item), at: at(0))
        #expect(scheduler.nextSteps(at: at(0)).compactMap(\.started) == [0])
        scheduler.ended(.ended(ItemOutcome(position: 0, attempt: 1, state: .done, answer: "this")), at: at(1))
        #expect(scheduler.nextSteps(at: at(1)).compactMap(\.started) == Array(1..<8))
    }

    @Test func `slows down when nothing but refusals comes, and asks again by itself`() {
        var scheduler = scheduler(9, waiting: 0..<9)
        #expect(scheduler.callLimit(at: at(0)) == 9)
        let trouble = EndpointTrouble(.limit, begun: at(0), message: "Too many.")
        scheduler.note(.troubled(trouble), at: at(0))
        #expect(scheduler.callLimit(at: at(0.1)) == 9)
        for _ in 0..<8 { scheduler.note(.troubled(trouble), at: at(0)) }
        #expect(scheduler.callLimit(at: at(0.1)) == 0)
        #expect(scheduler.callLimit(at: at(0.6)) == 6)
    }

    @Test func `tells what has ended in groups`() {
        var scheduler = scheduler(4, waiting: 0..<4)
        _ = scheduler.nextSteps(at: at(0))
        for position in 0..<3 { scheduler.ended(done(position), at: at(0.01)) }
        #expect(scheduler.nextSteps(at: at(0.01)).compactMap(\.flushed).isEmpty)
        #expect(scheduler.nextSteps(at: at(0.1)).compactMap(\.flushed) == [[0, 1, 2]])
        scheduler.ended(done(3), at: at(0.1))
        // One group at a time.
        #expect(scheduler.nextSteps(at: at(1)).compactMap(\.flushed).isEmpty)
        scheduler.flushed()
        #expect(scheduler.nextSteps(at: at(1)).compactMap(\.flushed) == [[3]])
    }

    @Test func `sends outcomes again that the store did not take`() {
        var scheduler = scheduler(4, waiting: 0..<2)
        _ = scheduler.nextSteps(at: at(0))
        scheduler.ended(done(0), at: at(0))
        _ = scheduler.nextSteps(at: at(1))
        scheduler.ended(done(1), at: at(1))
        scheduler.flushFailed()
        #expect(scheduler.nextSteps(at: at(2)).compactMap(\.flushed) == [[0, 1]])
    }

    @Test func `begins nothing while the store is away, and keeps what has ended`() {
        var scheduler = scheduler(4, waiting: 0..<4)
        scheduler.isStoreAway = true
        #expect(scheduler.nextSteps(at: at(10)).isEmpty)
        scheduler.isStoreAway = false
        #expect(scheduler.nextSteps(at: at(10)).compactMap(\.started) == [0, 1, 2, 3])
    }

    @Test func `ends what is in flight and drops what was not begun when it is to end`() {
        var scheduler = scheduler(2, waiting: 0..<6)
        _ = scheduler.nextSteps(at: at(0))
        scheduler.isEnding = true
        #expect(scheduler.nextSteps(at: at(0)).isEmpty)
        #expect(!scheduler.isIdle)
        for position in 0..<3 { scheduler.ended(done(position), at: at(1)) }
        #expect(scheduler.nextSteps(at: at(1)).compactMap(\.flushed) == [[0, 1, 2]])
        scheduler.flushed()
        #expect(scheduler.isIdle)
    }

    @Test func `names all items it knows after a claim whose answer was lost`() {
        var scheduler = scheduler(2, waiting: 0..<4)
        _ = scheduler.nextSteps(at: at(0))
        scheduler.ended(done(0), at: at(0))
        #expect(scheduler.takeLostClaim() == nil)
        scheduler.claimFailed()
        #expect(Set(scheduler.takeLostClaim() ?? []) == [0, 1, 2, 3])
        #expect(scheduler.takeLostClaim() == nil)
    }

    @Test(arguments: [(64, 1), (64, 8), (64, 7), (3, 8), (1, 100)])
    func `keeps to the bound of all workers together`(concurrency: Int, workers: Int) {
        let bounds = BatchBounds(concurrency: concurrency)
        let limits = (0..<workers).map { rank in
            var scheduler = WorkScheduler(bounds: bounds, at: at(0))
            scheduler.share(bounds, workers: workers, rank: rank)
            for position in 0..<200 { scheduler.ended(done(position), at: at(0)) }
            return scheduler.callLimit(at: at(0))
        }
        #expect(limits.reduce(0, +) == concurrency)
    }

    @Test func `counts further calls of its items against the requests a minute`() {
        var scheduler = WorkScheduler(bounds: BatchBounds(concurrency: 4, requestsPerMinute: 60), at: at(0))
        _ = scheduler.nextSteps(at: at(0))
        scheduler.claimed((0..<4).map(item), at: at(0))
        #expect(scheduler.nextSteps(at: at(0)).compactMap(\.started) == [0])
        for _ in 0..<3 { scheduler.note(.further, at: at(0)) }
        #expect(scheduler.nextSteps(at: at(3)).compactMap(\.started).isEmpty)
        #expect(scheduler.nextSteps(at: at(4.1)).compactMap(\.started) == [1])
    }

    // MARK: What no event tells of

    @Test func `has nothing to look at while all that goes on tells when it ends`() {
        var scheduler = scheduler(2, waiting: 0..<6)
        _ = scheduler.nextSteps(at: at(0))
        #expect(scheduler.nextTime(after: at(0)) == nil)
        scheduler.isEnding = true
        _ = scheduler.nextSteps(at: at(0))
        #expect(scheduler.nextTime(after: at(0)) == nil)
    }

    @Test func `looks again when outcomes are due`() throws {
        var scheduler = scheduler(2, waiting: 0..<6)
        _ = scheduler.nextSteps(at: at(1))
        scheduler.ended(done(0), at: at(1))
        _ = scheduler.nextSteps(at: at(1))
        scheduler.flushed()
        scheduler.ended(done(1), at: at(1.01))
        #expect(scheduler.nextSteps(at: at(1.01)).compactMap(\.flushed).isEmpty)
        let time = try #require(scheduler.nextTime(after: at(1.01)))
        #expect(time <= at(1.1))
        #expect(scheduler.nextSteps(at: time).compactMap(\.flushed) == [[1]])
    }

    @Test func `looks again some time after there was nothing to claim`() throws {
        var scheduler = scheduler(2)
        _ = scheduler.nextSteps(at: at(0))
        #expect(scheduler.nextTime(after: at(0)) == nil)
        scheduler.claimed([], at: at(0))
        let time = try #require(scheduler.nextTime(after: at(0)))
        #expect(scheduler.nextSteps(at: time).compactMap(\.claimed).count == 1)
    }

    @Test func `looks again when the server is asked again`() throws {
        var scheduler = scheduler(2, waiting: 0..<6)
        let trouble = EndpointTrouble(.limit, begun: at(0), wait: .seconds(3), message: "Too many.")
        for _ in 0..<3 { scheduler.note(.troubled(trouble), at: at(0)) }
        #expect(scheduler.nextSteps(at: at(0)).compactMap(\.started).isEmpty)
        #expect(scheduler.nextTime(after: at(0)) == at(3))
        #expect(!scheduler.nextSteps(at: at(3)).compactMap(\.started).isEmpty)
    }

    @Test(arguments: [
        BatchBounds(concurrency: 8, requestsPerMinute: 7), BatchBounds(concurrency: 8, tokensPerMinute: 7),
    ])
    func `looks again when the next item is within the bounds`(bounds: BatchBounds) throws {
        var scheduler = WorkScheduler(bounds: bounds, at: at(0))
        _ = scheduler.nextSteps(at: at(0))
        scheduler.claimed((0..<4).map(item), at: at(0))
        var now = at(0)
        var begun: [Int] = []
        var looks = 0
        while begun.count < 4, looks < 12 {
            looks += 1
            let started = scheduler.nextSteps(at: now).compactMap(\.started)
            begun += started
            for position in started { scheduler.ended(done(position), at: now) }
            scheduler.flushed()
            now = try #require(scheduler.nextTime(after: now))
        }
        #expect(begun == [0, 1, 2, 3])
        #expect(now > at(20))
    }
}
