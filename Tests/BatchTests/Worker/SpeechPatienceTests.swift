import Assistant
import Testing

@testable import Batch

struct `A speech endpoint in a batch` {
    private static let begun = ContinuousClock.now
    private static func at(_ seconds: Double) -> ContinuousClock.Instant { begun + .seconds(seconds) }

    private static func away(_ kind: EngineError.Kind = .unavailable) -> EngineError {
        var error = EngineError(kind, "Nobody is there.")
        error.wasNotReached = true
        return error
    }

    @Test(arguments: [EngineError.Kind.configuration, .quota])
    func `pauses the batch at once when it refuses the key or has no money`(kind: EngineError.Kind) {
        var patience = SpeechPatience(attempts: 4)
        #expect(patience.step(after: EngineError(kind, "No."), at: 0, now: Self.at(0)) == .pause("No."))
    }

    @Test(arguments: [EngineError.Kind.unavailable, .timedOut]) func `is waited for, and pauses the batch in the end`(
        kind: EngineError.Kind
    ) {
        var patience = SpeechPatience(attempts: 1)
        for second in stride(from: 0.0, through: 15, by: 3) {
            guard case .wait = patience.step(after: Self.away(kind), at: 0, now: Self.at(second)) else {
                Issue.record("at \(second)")
                return
            }
        }
        #expect(patience.isWorthSaying(at: Self.at(15)))
        guard case .pause = patience.step(after: Self.away(kind), at: 0, now: Self.at(16)) else {
            Issue.record("it never pauses")
            return
        }
    }

    @Test func `is waited for longer once it was there`() {
        var patience = SpeechPatience(attempts: 4)
        patience.answered()
        for second in [0.0, 300, 599] {
            guard case .wait = patience.step(after: Self.away(), at: 0, now: Self.at(second)) else {
                Issue.record("at \(second)")
                return
            }
        }
        guard case .pause = patience.step(after: Self.away(), at: 0, now: Self.at(601)) else {
            Issue.record("it never pauses")
            return
        }
    }

    @Test func `is waited for as long as it asks`() {
        var patience = SpeechPatience(attempts: 4)
        let error = EngineError(.rateLimited, "Slowly.", retryAfter: .seconds(7))
        #expect(patience.step(after: error, at: 0, now: Self.at(0)) == .wait(.seconds(7)))
    }

    @Test func `fails at one recording as often as items are tried, and not at the next`() {
        var patience = SpeechPatience(attempts: 2)
        let error = EngineError(.unavailable, "It broke.")
        #expect(patience.step(after: error, at: 0, now: Self.at(0)) == .wait(.seconds(1)))
        #expect(patience.step(after: error, at: 0, now: Self.at(1)) == .fail("It broke. (tried 2 times)"))
        #expect(patience.step(after: error, at: 1, now: Self.at(2)) == .wait(.seconds(1)))
    }

    @Test func `refuses a recording for what it is`() {
        var patience = SpeechPatience(attempts: 9)
        #expect(patience.step(after: EngineError(.refused, "Too long."), at: 0, now: Self.at(0)) == .fail("Too long."))
    }
}
