package import OpenAI

/// How many items one worker has in flight: it finds its own level. Additive increase, multiplicative decrease: the level
/// grows by one with each answer until it was lowered first, then by one a round. A single refusal holds back its own
/// item and nobody else's; the level is lowered by a third when the share of refusals among the last calls says that there
/// are too many, once for all calls that were sent before. Only where nothing at all is answered are pauses made. Limits
/// that the server tells are kept below.
package struct AIMDLimiter: Sendable {
    /// A greater share of refusals is not left to chance.
    private static let tooMany = 0.4

    /// The most that is allowed; may change while it works. With 0 nothing is begun.
    package var bound: Int { didSet { level = min(level, Double(max(1, bound))) } }
    private var level: Double
    private var hasBeenLowered = false
    private var lastDecrease: ContinuousClock.Instant?
    private var recent = RecentCalls()
    /// In a row, with no answer between them.
    private var pauses = 0
    /// Nothing is started before this.
    private var pausedUntil: ContinuousClock.Instant?
    /// What went on since the last answer: trouble after trouble, from when to when; nil when there was none.
    package private(set) var trouble: (since: ContinuousClock.Instant, last: ContinuousClock.Instant, EndpointTrouble)?
    /// Somebody was there once.
    package private(set) var wasReached = false
    private var requests: KnownLimit?
    private var tokens: KnownLimit?
    private var charge = TokenCharge()
    /// Begun, and not answered yet.
    private var open = 0

    package init(bound: Int, start: Int = 16) {
        self.bound = max(1, bound)
        level = Double(min(max(1, start), max(1, bound)))
    }

    /// Items that may be in flight now.
    package var limit: Int { min(bound, max(1, Int(level))) }

    package func isPaused(at now: ContinuousClock.Instant) -> Bool { pausedUntil.map { now < $0 } ?? false }

    package func mayStart(at now: ContinuousClock.Instant) -> Bool {
        !isPaused(at: now) && requests?.has(1, at: now) ?? true && tokens?.has(charge.each ?? 1, at: now) ?? true
    }

    /// When it may change that nothing may be started; nil while something may.
    package func nextOpening(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard !mayStart(at: now) else { return nil }
        let times = [
            pausedUntil, requests?.time(of: 1, after: now), tokens?.time(of: charge.each ?? 1, after: now),
        ]
        return times.compactMap(\.self).filter { $0 > now }.min()
    }

    /// A call of an item, the first or a further one.
    package mutating func started() {
        open += 1
        requests?.take(1)
        tokens?.take(charge.each ?? 1)
    }

    /// An item has come to a good end.
    package mutating func succeeded() {
        level = min(Double(bound), level + (hasBeenLowered ? 1 / level : 1))
        (pauses, trouble, wasReached) = (0, nil, true)
    }

    /// A call was answered; the item may go on.
    package mutating func answered(at now: ContinuousClock.Instant) {
        open = max(0, open - 1)
        recent.note(isRefused: false, at: now)
        (pauses, trouble, wasReached) = (0, nil, true)
    }

    /// A call was not answered.
    package mutating func slowDown(at now: ContinuousClock.Instant, for new: EndpointTrouble) {
        open = max(0, open - 1)
        trouble = (trouble?.since ?? now, now, new)
        if new.kind != .unreached { wasReached = true }
        recent.note(isRefused: true, at: now)
        let isSilent = recent.refusedInARow >= max(3, limit / 2)
        guard isSilent || recent.refusedShare > Self.tooMany else { return }
        if isSilent, let wait = new.wait {
            pause(until: now + (new.kind == .limit ? wait : min(wait, new.kind.longestPause)))
        }
        // What was sent before the last decrease is one refusal with what led to it.
        guard lastDecrease.map({ (new.begun ?? now) > $0 }) ?? true else { return }
        lastDecrease = now
        hasBeenLowered = true
        level = max(min(new.kind.leastLevel, level), level * 2 / 3)
        guard isSilent, new.wait == nil else { return }
        pause(until: now + min(new.kind.longestPause, .milliseconds(500) * (1 << min(pauses, 10))))
        pauses += 1
    }

    private mutating func pause(until time: ContinuousClock.Instant) {
        pausedUntil = max(pausedUntil ?? time, time)
    }

    /// What the server said with an answer or a refusal.
    package mutating func note(_ limits: RateLimits, at now: ContinuousClock.Instant) {
        // The call that is answered is not told yet.
        let open = Double(max(0, open - 1))
        if let told = limits.requests { Self.note(told, in: &requests, reserved: open, at: now) }
        if let told = limits.tokens {
            charge.note(told, at: now)
            Self.note(told, in: &tokens, reserved: open * (charge.each ?? 1), at: now)
        }
    }

    private static func note(
        _ told: RateLimits.Allowance, in known: inout KnownLimit?, reserved: Double, at now: ContinuousClock.Instant
    ) {
        if known == nil {
            known = KnownLimit(told, reserved: reserved, at: now)
        } else {
            known?.note(told, reserved: reserved, at: now)
        }
    }
}

/// A server that fails is asked again soon, and by a few: each failure counts against an item.
extension EndpointTrouble.Kind {
    fileprivate var longestPause: Duration { self == .failure ? .seconds(4) : .seconds(30) }
    fileprivate var leastLevel: Double { self == .failure ? 4 : 1 }
}
