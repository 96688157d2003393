internal import OpenAI

/// What a server has said is left of a limit, carried on from one answer to the next: less what was begun since, more what
/// comes back with time. It is kept below, not bumped into.
struct KnownLimit {
    private var limit: Double?
    private var level: Double
    private var at: ContinuousClock.Instant
    /// What comes back in a second.
    private var rate = 0.0
    /// Then all is there again.
    private var whole: ContinuousClock.Instant?

    /// Nil where the server does not say when it is whole again: then what is left says nothing of what comes.
    init?(_ allowance: RateLimits.Allowance, reserved: Double, at now: ContinuousClock.Instant) {
        guard allowance.reset != nil else { return nil }
        level = -.infinity
        at = now
        note(allowance, reserved: reserved, at: now)
    }

    /// `reserved`: what calls take that are under way, some of which the server has not seen yet.
    mutating func note(_ allowance: RateLimits.Allowance, reserved: Double, at now: ContinuousClock.Instant) {
        guard let reset = allowance.reset else { return }
        let left = Double(allowance.remaining)
        level = min(left, max(available(at: now), left - reserved))
        at = now
        limit = allowance.limit.map { Double($0) } ?? limit
        let seconds = reset / .seconds(1)
        whole = now + reset
        // Most limits come back little by little, and some at once in the end: never is more counted on than a
        // minute's worth in a minute.
        rate = limit.map { seconds > 0 ? min(max(0, $0 - left) / seconds, $0 / 60) : 0 } ?? 0
    }

    mutating func take(_ amount: Double) { level -= amount }

    func has(_ amount: Double, at now: ContinuousClock.Instant) -> Bool {
        available(at: now) >= min(amount, limit ?? amount)
    }

    /// When an amount is there; nil when it is there at `now`.
    func time(of amount: Double, after now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard !has(amount, at: now) else { return nil }
        let missing = min(amount, limit ?? amount) - available(at: now)
        let refilled = rate > 0 ? now + .seconds(missing / rate) : nil
        return [refilled, whole].compactMap(\.self).filter { $0 > now }.min()
    }

    private func available(at now: ContinuousClock.Instant) -> Double {
        if let whole, now >= whole { return limit ?? .infinity }
        return min(limit ?? .infinity, level + rate * ((now - at) / .seconds(1)))
    }

}

/// What one call takes of a limit of tokens, as the server counts it: by how much less is left from answer to answer.
struct TokenCharge {
    /// So many answers are looked at together: they do not come in the order in which they were counted.
    private static let answers = 4

    private(set) var each: Double?
    private var anchor: (remaining: Double, at: ContinuousClock.Instant)?
    private var answers = 0

    mutating func note(_ allowance: RateLimits.Allowance, at now: ContinuousClock.Instant) {
        let left = Double(allowance.remaining)
        guard let anchor else {
            self.anchor = (left, now)
            return
        }
        answers += 1
        guard answers >= Self.answers else { return }
        let back = allowance.limit.map { Double($0) / 60 * ((now - anchor.at) / .seconds(1)) } ?? 0
        let used = (anchor.remaining + back - left) / Double(answers)
        // Whoever shares the limit takes of it too: the higher figure is the safer one.
        if used > 0 { each = each.map { max(used, $0 * 0.7 + used * 0.3) } ?? used }
        (self.anchor, answers) = ((left, now), 0)
    }
}
