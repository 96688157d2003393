/// How many items one worker has in flight: it finds its own level. Additive increase, multiplicative decrease: the
/// level grows by one with each success until the first refusal, then by one a round; a refusal takes a third away, once
/// for all calls that were sent before it. Where refusals follow each other without a success, pauses that double are
/// made as well.
package struct Pace: Sendable {
    /// The most that is allowed; may change while it works. With 0 nothing is begun.
    package var bound: Int { didSet { level = min(level, Double(max(1, bound))) } }
    private var level: Double
    private var hasBeenRefused = false
    private var lastDecrease: ContinuousClock.Instant?
    /// Decreases in a row with no success between them.
    private var decreases = 0
    /// Nothing is started before this.
    private var pausedUntil: ContinuousClock.Instant?
    /// Since when there was trouble and no success.
    package private(set) var troubledSince: ContinuousClock.Instant?
    package private(set) var lastTrouble: EndpointTrouble?
    package private(set) var hasSucceeded = false
    /// What the server said is left, less what was started since.
    private var requestsLeft: Int?
    private var requestsReset: ContinuousClock.Instant?

    /// A server that fails is asked again soon, by a few: each failure counts against an item.
    private static let longestPause: [EndpointTrouble.Kind: Duration] = [
        .limit: .seconds(30), .unreached: .seconds(30), .failure: .seconds(4),
    ]
    private static let leastLevel: [EndpointTrouble.Kind: Double] = [.limit: 1, .unreached: 1, .failure: 4]

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

    package mutating func started() { requestsLeft = requestsLeft.map { max(0, $0 - 1) } }

    package mutating func succeeded() {
        level = min(Double(bound), level + (hasBeenRefused ? 1 / level : 1))
        decreases = 0
        hasSucceeded = true
        troubledSince = nil
    }

    /// A call was not answered.
    package mutating func slowDown(at now: ContinuousClock.Instant, for trouble: EndpointTrouble) {
        hasBeenRefused = true
        troubledSince = troubledSince ?? now
        lastTrouble = trouble
        if let wait = trouble.wait { pause(until: now + wait) }
        // What was sent before the last decrease is one refusal with what led to it.
        guard lastDecrease.map({ (trouble.begun ?? now) > $0 }) ?? true else { return }
        lastDecrease = now
        level = max(min(Self.leastLevel[trouble.kind] ?? 1, level), level * 2 / 3)
        decreases += 1
        if trouble.wait == nil, decreases > 1 {
            let longest = Self.longestPause[trouble.kind] ?? .seconds(30)
            pause(until: now + min(longest, .milliseconds(500) * (1 << min(decreases - 2, 10))))
        }
    }

    private mutating func pause(until time: ContinuousClock.Instant) {
        pausedUntil = max(pausedUntil ?? time, time)
    }

    /// What the server said with an answer.
    package mutating func note(_ allowance: ServerAllowance, at now: ContinuousClock.Instant) {
        if let left = allowance.requestsLeft, let reset = allowance.requestsReset {
            requestsLeft = left
            requestsReset = now + reset
        }
        if let left = allowance.tokensLeft, left <= 0, let reset = allowance.tokensReset {
            pause(until: now + reset)
        }
    }
}

/// Requests or tokens a minute, given out evenly: what was not used in five seconds is gone, so that no minute has much
/// more. Nil for no bound.
package struct Allowance: Sendable {
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

    /// What was used beyond what was taken; less than nothing gives back.
    package mutating func settle(_ amount: Double) { available -= amount }
}
