internal import Assistant

/// What a worker does about a speech endpoint that gives no transcript: what it does about a chat endpoint. One that is
/// away is waited for, and the batch paused when it stays away; one that refuses the key pauses it at once; a failure at one
/// recording is that recording's, and tried again. A value: the time is given to it.
struct SpeechPatience {
    enum Step: Equatable {
        /// Of the recording alone: it has failed for good.
        case fail(String)
        case wait(Duration)
        case pause(String)
    }

    private let attempts: Int
    private var wasReached = false
    /// Since when nobody was there, or nothing was allowed.
    private var trouble: ContinuousClock.Instant?
    private var waits = 0
    private var failures: [Int: Int] = [:]

    /// `attempts`: at each recording.
    init(attempts: Int) { self.attempts = attempts }

    /// A recording was understood, or refused for what it is.
    mutating func answered() { (wasReached, trouble, waits) = (true, nil, 0) }

    /// Whether it has gone on for so long that a person wants to know.
    func isWorthSaying(at now: ContinuousClock.Instant) -> Bool {
        trouble.map { now - $0 > .seconds(5) } ?? false
    }

    mutating func step(after error: EngineError, at position: Int, now: ContinuousClock.Instant) -> Step {
        switch error.kind {
        case .configuration, .quota: return .pause(error.message)
        case .refused, .cancelled:
            answered()
            return .fail(error.message)
        case .unavailable where error.wasNotReached, .timedOut where error.wasNotReached: return away(error, now)
        case .rateLimited:
            wasReached = true
            return away(error, now)
        case .unavailable, .timedOut, .malformed:
            wasReached = true
            let tries = failures[position, default: 0] + 1
            failures[position] = tries
            guard tries < attempts else {
                return .fail(tries > 1 ? "\(error.message) (tried \(tries) times)" : error.message)
            }
            return .wait(error.retryAfter ?? .milliseconds(500) * (1 << min(tries, 6)))
        }
    }

    private mutating func away(_ error: EngineError, _ now: ContinuousClock.Instant) -> Step {
        let since = trouble ?? now
        trouble = since
        let most = wasReached ? BatchEngine.longestTrouble : BatchEngine.longestMistake
        if now - since > most || error.retryAfter.map({ $0 > most }) ?? false {
            return .pause("\(error.message) Nothing was understood for \((now - since).components.seconds) seconds.")
        }
        waits += 1
        return .wait(error.retryAfter ?? min(.seconds(4), .milliseconds(250) * (1 << min(waits, 6))))
    }
}
