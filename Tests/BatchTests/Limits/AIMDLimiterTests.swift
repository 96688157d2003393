import HTTP
import OpenAI
import Testing

@testable import Batch

private let begun = ContinuousClock.now

private func at(_ seconds: Double) -> ContinuousClock.Instant { begun + .seconds(seconds) }

private func refusal(sent: ContinuousClock.Instant, wait: Duration? = nil) -> EndpointTrouble {
    EndpointTrouble(.limit, begun: sent, wait: wait, message: "Too many.")
}

private func limits(_ kind: String, left: Int, reset: String) throws -> RateLimits {
    let headers: HTTPHeaders = ["x-ratelimit-remaining-\(kind)": "\(left)", "x-ratelimit-reset-\(kind)": reset]
    return try #require(RateLimits(headers))
}

struct `The pace of a worker` {
    @Test func `grows with each success up to its bound`() {
        var pace = AIMDLimiter(bound: 64, start: 8)
        #expect(pace.limit == 8)
        for _ in 0..<100 { pace.succeeded() }
        #expect(pace.limit == 64)
    }

    @Test func `takes a third away for a refusal, once for all that were sent before it`() {
        var pace = AIMDLimiter(bound: 60, start: 60)
        for _ in 0..<20 { pace.slowDown(at: at(1), for: refusal(sent: at(0))) }
        pace.slowDown(at: at(9), for: refusal(sent: at(0.9)))
        #expect(pace.limit == 40)
        pace.slowDown(at: at(9.1), for: refusal(sent: at(1.1)))
        #expect(pace.limit == 26)
    }

    @Test func `grows by one a round after it was refused`() {
        var pace = AIMDLimiter(bound: 100, start: 30)
        pace.slowDown(at: at(0), for: refusal(sent: at(0)))
        #expect(pace.limit == 20)
        for _ in 0..<21 { pace.succeeded() }
        #expect(pace.limit == 21)
    }

    @Test func `waits as long as the server asks`() {
        var pace = AIMDLimiter(bound: 10)
        pace.slowDown(at: at(0), for: refusal(sent: at(0), wait: .seconds(5)))
        #expect(!pace.mayStart(at: at(4.9)))
        #expect(pace.mayStart(at: at(5)))
    }

    @Test func `waits longer each time when refusals follow each other without a word how long`() {
        var pace = AIMDLimiter(bound: 10)
        pace.slowDown(at: at(0), for: refusal(sent: at(0)))
        #expect(pace.mayStart(at: at(0)))
        pace.slowDown(at: at(2), for: refusal(sent: at(1)))
        #expect(!pace.mayStart(at: at(2.4)) && pace.mayStart(at: at(2.5)))
        pace.slowDown(at: at(4), for: refusal(sent: at(3)))
        #expect(!pace.mayStart(at: at(4.9)) && pace.mayStart(at: at(5)))
        pace.succeeded()
        pace.slowDown(at: at(10), for: refusal(sent: at(9)))
        #expect(pace.mayStart(at: at(10)))
    }

    @Test func `asks a server that fails by a few, and soon again`() {
        var pace = AIMDLimiter(bound: 64)
        for second in stride(from: -10.0, to: 200, by: 10) {
            pace.slowDown(
                at: at(second + 1), for: EndpointTrouble(.failure, begun: at(second), message: "It failed."))
        }
        #expect(pace.limit == 4)
        #expect(!pace.mayStart(at: at(194.9)) && pace.mayStart(at: at(195.1)))
    }

    @Test func `knows since when nothing was answered`() {
        var pace = AIMDLimiter(bound: 10)
        pace.slowDown(at: at(1), for: refusal(sent: at(0)))
        pace.slowDown(at: at(3), for: refusal(sent: at(2)))
        #expect(pace.trouble?.since == at(1) && pace.trouble?.last == at(3))
        pace.answered()
        #expect(pace.trouble == nil)
    }

    @Test func `knows whether anybody was there`() {
        var pace = AIMDLimiter(bound: 10)
        pace.slowDown(at: at(1), for: EndpointTrouble(.unreached, begun: at(0), message: "Nobody."))
        #expect(!pace.wasReached)
        pace.slowDown(at: at(2), for: refusal(sent: at(1)))
        #expect(pace.wasReached)
    }

    @Test func `does not slow down for one failure among answers`() {
        var pace = AIMDLimiter(bound: 60, start: 60)
        for second in stride(from: 0.0, to: 50, by: 1) {
            pace.slowDown(
                at: at(second), for: EndpointTrouble(.failure, begun: at(second), message: "It failed."))
            pace.succeeded()
        }
        #expect(pace.limit == 60)
    }

    @Test func `is not silenced for an hour by a server that fails`() {
        var pace = AIMDLimiter(bound: 10)
        pace.slowDown(
            at: at(0), for: EndpointTrouble(.failure, begun: at(0), wait: .seconds(3600), message: "Later."))
        #expect(!pace.mayStart(at: at(3.9)) && pace.mayStart(at: at(4)))
    }

    @Test func `begins no more than the server said is left, until that is whole again`() throws {
        var pace = AIMDLimiter(bound: 10)
        pace.note(try limits("requests", left: 2, reset: "6s"), at: at(0))
        for _ in 0..<2 {
            #expect(pace.mayStart(at: at(0)))
            pace.started()
        }
        #expect(!pace.mayStart(at: at(5.9)))
        #expect(pace.mayStart(at: at(6)))
    }

    @Test func `waits for tokens that are used up`() throws {
        var pace = AIMDLimiter(bound: 10)
        pace.note(try limits("tokens", left: 0, reset: "2s"), at: at(0))
        #expect(!pace.mayStart(at: at(1)))
        #expect(pace.mayStart(at: at(2)))
    }

    @Test func `begins nothing with a bound of nought`() {
        var pace = AIMDLimiter(bound: 4)
        pace.bound = 0
        #expect(pace.limit == 0)
    }
}
