import Testing

@testable import Batch

private let begun = ContinuousClock.now

private func at(_ seconds: Double) -> ContinuousClock.Instant { begun + .seconds(seconds) }

struct `A token bucket` {
    @Test func `lets everything through without a bound`() {
        var bucket = TokenBucket(perMinute: nil, at: at(0))
        for _ in 0..<1000 where !bucket.take(1, at: at(0)) { Issue.record("one was held back") }
    }

    @Test func `gives out a minute's worth evenly`() {
        var bucket = TokenBucket(perMinute: 60, at: at(0))
        var taken = 0
        for tenth in 0..<600 where bucket.take(1, at: at(Double(tenth) / 10)) { taken += 1 }
        #expect((58...61).contains(taken))
    }

    @Test func `gives the first at once, however small it is`() {
        var bucket = TokenBucket(perMinute: 2, at: at(0))
        #expect(bucket.take(1, at: at(0)) == true)
        #expect(bucket.take(1, at: at(29)) == false)
        #expect(bucket.take(1, at: at(30)) == true)
    }

    @Test func `lets what is large go at once when nothing was taken before, and is waited for afterwards`() {
        var bucket = TokenBucket(perMinute: 120, at: at(0))
        #expect(bucket.take(500, at: at(1)) == false)
        #expect(bucket.take(500, at: at(5)) == true)
        // It was four minutes' worth.
        #expect(bucket.take(1, at: at(240)) == false)
        #expect(bucket.take(1, at: at(260)) == true)
    }

    @Test func `gives no minute much more than its worth, also after a long rest`() {
        var bucket = TokenBucket(perMinute: 60, at: at(0))
        var taken = 0
        for tenth in 6000..<6600 where bucket.take(1, at: at(Double(tenth) / 10)) { taken += 1 }
        #expect((60...65).contains(taken))
    }

    @Test func `is paid back what was used beyond the guess`() {
        var bucket = TokenBucket(perMinute: 600, at: at(0))
        #expect(bucket.take(5, at: at(0)) == true)
        bucket.settle(100)
        #expect(bucket.take(1, at: at(5)) == false)
        #expect(bucket.take(1, at: at(11)) == true)
    }
}
