import HTTP
import Testing

@testable import OpenAI

struct `What a server says of its limits` {
    @Test(arguments: [
        ("6m0s", 360.0), ("20ms", 0.02), ("1.5s", 1.5), ("1h2m3s", 3723), ("0s", 0), ("12", 12), ("1d", 86_400),
        ("500us", 0.0005), ("500µs", 0.0005),
    ])
    func `is a duration of several units`(text: String, seconds: Double) throws {
        let duration = try #require(RateLimits.duration(text))
        #expect(abs(duration / .seconds(1) - seconds) < 1e-9)
    }

    @Test(arguments: ["", "soon", "6x", "m", "-5", "nan", "1..2s", "2026-01-01"])
    func `is nothing when it makes no sense`(text: String) { #expect(RateLimits.duration(text) == nil) }

    @Test func `may be absent`() {
        #expect(RateLimits(HTTPHeaders()) == nil)
        #expect(RateLimits(["x-ratelimit-remaining-requests": "many"]) == nil)
    }

    @Test func `asks to wait when nothing is left`() throws {
        let limits = try #require(
            RateLimits([
                "x-ratelimit-limit-requests": "500", "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": "120ms", "x-ratelimit-remaining-tokens": "10",
                "x-ratelimit-reset-tokens": "6s",
            ]))
        #expect(limits.requests == RateLimits.Allowance(limit: 500, remaining: 0, reset: .milliseconds(120)))
        #expect(limits.wait == .milliseconds(120))
    }
}
