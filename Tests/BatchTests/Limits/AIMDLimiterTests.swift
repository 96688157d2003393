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

    @Test func `takes a third away when too many are refused, once for all that were sent before it`() {
        var pace = AIMDLimiter(bound: 60, start: 60)
        for _ in 0..<30 { pace.slowDown(at: at(1), for: refusal(sent: at(0))) }
        pace.slowDown(at: at(9), for: refusal(sent: at(0.9)))
        #expect(pace.limit == 40)
        pace.slowDown(at: at(9.1), for: refusal(sent: at(1.1)))
        #expect(pace.limit == 26)
    }

    /// How many of a hundred calls are refused, evenly spread, and what the level of 60 comes to.
    @Test(arguments: [(0, true), (5, true), (10, true), (20, true), (30, true), (50, false), (70, false), (100, false)])
    func `follows the share of refusals and no single one`(percent: Int, stays: Bool) {
        var pace = AIMDLimiter(bound: 60, start: 60)
        var due = 0
        for call in 0..<200 {
            due += percent
            let now = at(Double(call) / 100)
            if due >= 100 {
                due -= 100
                pace.slowDown(at: now, for: refusal(sent: now, wait: .seconds(1)))
            } else {
                pace.answered(at: now)
                pace.succeeded()
            }
            if percent <= 50 { #expect(!pace.isPaused(at: now)) }
        }
        #expect((pace.limit == 60) == stays, "\(pace.limit)")
    }

    @Test func `grows by one a round after it was lowered`() {
        var pace = AIMDLimiter(bound: 100, start: 30)
        for _ in 0..<15 { pace.slowDown(at: at(0), for: refusal(sent: at(0))) }
        #expect(pace.limit == 20)
        for _ in 0..<21 { pace.succeeded() }
        #expect(pace.limit == 21)
    }

    @Test func `waits as long as the server asks when it answers nothing`() {
        var pace = AIMDLimiter(bound: 4)
        pace.slowDown(at: at(0), for: refusal(sent: at(0), wait: .seconds(5)))
        #expect(pace.mayStart(at: at(0)))
        for _ in 0..<2 { pace.slowDown(at: at(0), for: refusal(sent: at(0), wait: .seconds(5))) }
        #expect(!pace.mayStart(at: at(4.9)))
        #expect(pace.mayStart(at: at(5)))
    }

    @Test func `waits longer each time when refusals follow each other without a word how long`() {
        var pace = AIMDLimiter(bound: 2)
        for second in [0.0, 1] { pace.slowDown(at: at(second), for: refusal(sent: at(second))) }
        #expect(pace.mayStart(at: at(1)))
        pace.slowDown(at: at(2), for: refusal(sent: at(1.5)))
        #expect(!pace.mayStart(at: at(2.4)) && pace.mayStart(at: at(2.5)))
        pace.slowDown(at: at(4), for: refusal(sent: at(3)))
        #expect(!pace.mayStart(at: at(4.9)) && pace.mayStart(at: at(5)))
        pace.answered(at: at(6))
        pace.slowDown(at: at(10), for: refusal(sent: at(9)))
        #expect(pace.mayStart(at: at(10)))
    }

    @Test func `asks a server that fails by a few, and soon again`() {
        var pace = AIMDLimiter(bound: 64)
        for second in stride(from: -400.0, to: 200, by: 10) {
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
        pace.answered(at: at(4))
        #expect(pace.trouble == nil)
    }

    @Test func `knows whether anybody was there`() {
        var pace = AIMDLimiter(bound: 10)
        pace.slowDown(at: at(1), for: EndpointTrouble(.unreached, begun: at(0), message: "Nobody."))
        #expect(!pace.wasReached)
        pace.slowDown(at: at(2), for: refusal(sent: at(1)))
        #expect(pace.wasReached)
    }

    @Test func `is not silenced for an hour by a server that fails`() {
        var pace = AIMDLimiter(bound: 10)
        for _ in 0..<8 {
            pace.slowDown(
                at: at(0), for: EndpointTrouble(.failure, begun: at(0), wait: .seconds(3600), message: "Later."))
        }
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

    /// As servers tell them whose limits come back little by little.
    private func bucket(_ kind: String, limit: Int, left: Int, reset: Double) throws -> RateLimits {
        let headers: HTTPHeaders = [
            "x-ratelimit-limit-\(kind)": "\(limit)", "x-ratelimit-remaining-\(kind)": "\(left)",
            "x-ratelimit-reset-\(kind)": "\(reset)s",
        ]
        return try #require(RateLimits(headers))
    }

    @Test func `begins again as soon as a limit has come back as far as one call needs`() throws {
        var pace = AIMDLimiter(bound: 10)
        pace.note(try bucket("requests", limit: 60, left: 0, reset: 60), at: at(0))
        #expect(!pace.mayStart(at: at(0.9)))
        #expect(pace.nextOpening(at: at(0)).map { $0 <= at(1.01) } == true)
        #expect(pace.mayStart(at: at(1.01)))
        pace.started()
        #expect(!pace.mayStart(at: at(1.5)))
    }

    @Test func `learns what a call takes of a limit of tokens, and keeps below it`() throws {
        var pace = AIMDLimiter(bound: 10)
        var left = 10_000
        for _ in 0..<9 {
            pace.started()
            left -= 1_000
            pace.note(try bucket("tokens", limit: 10_000, left: left, reset: Double(10_000 - left) * 0.006), at: at(0))
            pace.answered(at: at(0))
        }
        #expect(pace.mayStart(at: at(0)))
        pace.started()
        #expect(!pace.mayStart(at: at(0)))
        #expect(pace.mayStart(at: at(6.1)))
    }

    @Test func `counts what is under way, which the server has not seen yet`() throws {
        var pace = AIMDLimiter(bound: 10)
        for _ in 0..<5 { pace.started() }
        // The first of them is answered, and was alone then.
        pace.note(try bucket("requests", limit: 6, left: 5, reset: 10), at: at(0))
        pace.answered(at: at(0))
        #expect(pace.mayStart(at: at(0)))
        pace.started()
        #expect(!pace.mayStart(at: at(0)))
    }

    @Test func `begins nothing with a bound of nought`() {
        var pace = AIMDLimiter(bound: 4)
        pace.bound = 0
        #expect(pace.limit == 0)
    }
}
