/// Requests or tokens a minute, given out evenly: what was not used in five seconds is gone, so that no minute has much
/// more. Nil for no bound.
package struct TokenBucket: Sendable {
    package var perMinute: Double?
    private var available: Double
    private var last: ContinuousClock.Instant

    package init(perMinute: Double?, at now: ContinuousClock.Instant) {
        self.perMinute = perMinute
        // A second's worth to start with, and the first one at once.
        available = max(1, (perMinute ?? 0) / 60)
        last = now
    }

    private var most: Double { max(1, (perMinute ?? 0) / 12) }

    /// Takes an amount when it is there. What is larger than all that can be there goes when that is, and is waited for
    /// afterwards.
    package mutating func take(_ amount: Double, at now: ContinuousClock.Instant) -> Bool {
        guard let perMinute else { return true }
        let (seconds, attoseconds) = (now - last).components
        last = now
        available = min(most, available + perMinute / 60 * (Double(seconds) + Double(attoseconds) / 1e18))
        guard available >= min(amount, most) else { return false }
        available -= amount
        return true
    }

    /// When an amount is there that was not there at `now`, if nothing else is taken before.
    package func time(of amount: Double, after now: ContinuousClock.Instant) -> ContinuousClock.Instant {
        guard let perMinute, perMinute > 0 else { return now }
        let missing = min(amount, most) - available
        return missing <= 0 ? now : last + .seconds(missing / perMinute * 60)
    }

    /// What was used beyond what was taken; less than nothing gives back. Nobody waits longer than two minutes for what a
    /// server says that it was.
    package mutating func settle(_ amount: Double) { available = max(available - amount, -2 * (perMinute ?? 0)) }
}
