import Testing

@testable import HTTP

struct `The clock of a transfer` {
    let start = ContinuousClock.now
    let deadlines = HTTPDeadlines(connect: nil, idle: .seconds(3), total: .seconds(10))

    @Test func `does not count silence before there is a connection`() {
        let clock = TransferClock(deadlines, now: start)
        #expect(clock.expired(now: start + .seconds(9)) == nil)
        #expect(clock.expiry == start + .seconds(10))
        #expect(clock.expired(now: start + .seconds(10)) == .totalTimedOut)
    }

    @Test func `counts silence from the last byte that moved`() {
        var clock = TransferClock(deadlines, now: start)
        clock.moved(now: start + .seconds(1))
        clock.moved(now: start + .seconds(2))
        #expect(clock.expiry == start + .seconds(5))
        #expect(clock.expired(now: start + .milliseconds(4999)) == nil)
        #expect(clock.expired(now: start + .seconds(5)) == .idleTimedOut)
    }

    @Test func `does not count silence that the reader asked for`() {
        var clock = TransferClock(deadlines, now: start)
        clock.moved(now: start)
        clock.pause()
        clock.moved(now: start + .seconds(1))
        #expect(clock.expired(now: start + .seconds(9)) == nil)
        clock.resume(now: start + .seconds(6))
        #expect(clock.expired(now: start + .seconds(8)) == nil)
        #expect(clock.expired(now: start + .seconds(9)) == .idleTimedOut)
    }

    @Test func `never ends without a deadline`() {
        var clock = TransferClock(HTTPDeadlines(connect: nil, idle: nil, total: nil), now: start)
        clock.moved(now: start)
        #expect(clock.expiry == nil)
        #expect(clock.expired(now: start + .seconds(1_000_000)) == nil)
    }
}
