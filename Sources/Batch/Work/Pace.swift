/// How many items one worker has in flight: it finds its own level. Additive increase, multiplicative decrease: the
/// level doubles with each round of successes until the first refusal, then grows by one a round; a refusal takes a
/// third away, once for all that were sent before it.
package struct Pace: Sendable {
    /// The most that is allowed; may change while it works.
    package var bound: Int { didSet { level = min(level, Double(max(1, bound))) } }
    private var level: Double
    private var hasBeenRefused = false
    private var lastDecrease: ContinuousClock.Instant?
    /// Nothing is started before this.
    private var pausedUntil: ContinuousClock.Instant?

    package init(bound: Int, start: Int = 8) {
        self.bound = max(1, bound)
        level = Double(min(max(1, start), max(1, bound)))
    }

    /// Items that may be in flight now.
    package var limit: Int { max(1, min(bound, Int(level))) }

    package func mayStart(at now: ContinuousClock.Instant) -> Bool { pausedUntil.map { $0 <= now } ?? true }

    package mutating func succeeded() {
        level = min(Double(bound), level + (hasBeenRefused ? 1 / level : 1))
    }

    /// The server refused for its limits, and asked to wait so long.
    package mutating func refused(at now: ContinuousClock.Instant, wait: Duration) {
        hasBeenRefused = true
        pausedUntil = max(pausedUntil ?? now, now + wait)
        // Those in flight are refused with it: they are one refusal.
        if let last = lastDecrease, now - last < max(.seconds(1), wait) { return }
        lastDecrease = now
        level = max(1, level * 2 / 3)
    }
}

/// Requests or tokens a minute, given out evenly. Nil for no bound.
package struct Allowance: Sendable {
    package var perMinute: Double? { didSet { if perMinute == nil { available = 0 } } }
    private var available: Double
    private var last: ContinuousClock.Instant

    package init(perMinute: Double?, at now: ContinuousClock.Instant) {
        self.perMinute = perMinute
        // A second's worth to start with.
        available = (perMinute ?? 0) / 60
        last = now
    }

    /// Takes an amount when it is there. What is larger than a minute's worth goes when the minute is full.
    package mutating func take(_ amount: Double, at now: ContinuousClock.Instant) -> Bool {
        guard let perMinute else { return true }
        let (seconds, attoseconds) = (now - last).components
        last = now
        available = min(perMinute, available + perMinute / 60 * (Double(seconds) + Double(attoseconds) / 1e18))
        guard available >= min(amount, perMinute) else { return false }
        available -= amount
        return true
    }
}
