package import OpenAI

/// How many items one worker has in flight: it finds its own level. Additive increase, multiplicative decrease: the
/// level grows by one with each success until the first refusal, then by one a round; a refusal takes a third away, once
/// for all calls that were sent before it. Where refusals follow each other without a success, pauses that double are
/// made as well.
package struct AIMDLimiter: Sendable {
    /// The most that is allowed; may change while it works. With 0 nothing is begun.
    package var bound: Int { didSet { level = min(level, Double(max(1, bound))) } }
    private var level: Double
    private var hasBeenRefused = false
    private var lastDecrease: ContinuousClock.Instant?
    /// Decreases in a row with no success between them.
    private var decreases = 0
    /// Nothing is started before this.
    private var pausedUntil: ContinuousClock.Instant?
    /// Failures in a row with no success between them: one alone says nothing of the server.
    private var failures = 0
    /// What went on since the last answer: trouble after trouble, from when to when; nil when there was none.
    package private(set) var trouble: (since: ContinuousClock.Instant, last: ContinuousClock.Instant, EndpointTrouble)?
    /// Somebody was there once.
    package private(set) var wasReached = false
    /// What the server said is left, less what was started since.
    private var requestsLeft: Int?
    private var requestsReset: ContinuousClock.Instant?

    package init(bound: Int, start: Int = 64) {
        self.bound = max(1, bound)
        level = Double(min(max(1, start), max(1, bound)))
    }

    /// Items that may be in flight now.
    package var limit: Int { min(bound, max(1, Int(level))) }

    package func mayStart(at now: ContinuousClock.Instant) -> Bool {
        if let pausedUntil, now < pausedUntil { return false }
        guard let requestsLeft, let requestsReset else { return true }
        return now >= requestsReset || requestsLeft > 0
    }

    /// When it may change that nothing may be started; nil while something may.
    package func nextOpening(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard !mayStart(at: now) else { return nil }
        return [pausedUntil, requestsReset].compactMap(\.self).filter { $0 > now }.min()
    }

    package mutating func started() { requestsLeft = requestsLeft.map { max(0, $0 - 1) } }

    package mutating func succeeded() {
        level = min(Double(bound), level + (hasBeenRefused ? 1 / level : 1))
        answered()
    }

    /// A call was answered; the item may go on.
    package mutating func answered() {
        decreases = 0
        failures = 0
        trouble = nil
        wasReached = true
    }

    /// A call was not answered.
    package mutating func slowDown(at now: ContinuousClock.Instant, for new: EndpointTrouble) {
        hasBeenRefused = true
        trouble = (trouble?.since ?? now, now, new)
        if new.kind != .unreached { wasReached = true }
        if let wait = new.wait { pause(until: now + (new.kind == .limit ? wait : min(wait, new.kind.longestPause))) }
        failures += 1
        guard new.kind != .failure || failures > 1 else { return }
        // What was sent before the last decrease is one refusal with what led to it.
        guard lastDecrease.map({ (new.begun ?? now) > $0 }) ?? true else { return }
        lastDecrease = now
        level = max(min(new.kind.leastLevel, level), level * 2 / 3)
        decreases += 1
        if new.wait == nil, decreases > 1 {
            pause(until: now + min(new.kind.longestPause, .milliseconds(500) * (1 << min(decreases - 2, 10))))
        }
    }

    private mutating func pause(until time: ContinuousClock.Instant) {
        pausedUntil = max(pausedUntil ?? time, time)
    }

    /// What the server said with an answer.
    package mutating func note(_ limits: RateLimits, at now: ContinuousClock.Instant) {
        if let requests = limits.requests, let reset = requests.reset {
            requestsLeft = requests.remaining
            requestsReset = now + reset
        }
        if let tokens = limits.tokens, tokens.remaining <= 0, let reset = tokens.reset { pause(until: now + reset) }
    }
}

/// A server that fails is asked again soon, and by a few: each failure counts against an item.
extension EndpointTrouble.Kind {
    fileprivate var longestPause: Duration { self == .failure ? .seconds(4) : .seconds(30) }
    fileprivate var leastLevel: Double { self == .failure ? 4 : 1 }
}
