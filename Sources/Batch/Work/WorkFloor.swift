internal import Assistant
internal import Memory

/// What one worker has in hand; decides what is to be done next. A value without I/O: ``BatchEngine`` carries it out.
struct WorkFloor {
    enum Step: Sendable {
        case start(ClaimedItem)
        case claim(Int)
        case flush([ItemOutcome])
    }

    private(set) var pace: Pace
    private var requests: Allowance
    private var tokens: Allowance
    private var waiting: [ClaimedItem] = []
    private(set) var inFlight: [Int: ClaimedItem] = [:]
    private var outcomes: [ItemOutcome] = []
    private var isClaiming = false
    private(set) var isFlushing = false
    private var lastFlush: ContinuousClock.Instant
    private var nextClaim: ContinuousClock.Instant
    /// Nothing new is started; what is in flight ends.
    var isEnding = false

    private static let flushInterval = Duration.milliseconds(40)
    private static let mostOutcomes = 100
    /// How long to wait when there was nothing to claim.
    private static let idleWait = Duration.milliseconds(250)

    init(bounds: BatchBounds, at now: ContinuousClock.Instant) {
        pace = Pace(bound: bounds.concurrency)
        requests = Allowance(perMinute: bounds.requestsPerMinute.map { Double($0) }, at: now)
        tokens = Allowance(perMinute: bounds.tokensPerMinute.map { Double($0) }, at: now)
        lastFlush = now
        nextClaim = now
    }

    var isIdle: Bool { inFlight.isEmpty && waiting.isEmpty && outcomes.isEmpty && !isFlushing && !isClaiming }
    /// Nobody works on these, and they are this worker's.
    var unstarted: [ClaimedItem] { waiting }

    /// This worker's part of what all of them share.
    mutating func share(_ bounds: BatchBounds, among workers: Int) {
        let workers = max(1, workers)
        pace.bound = max(1, (bounds.concurrency + workers - 1) / workers)
        requests.perMinute = bounds.requestsPerMinute.map { Double($0) / Double(workers) }
        tokens.perMinute = bounds.tokensPerMinute.map { Double($0) / Double(workers) }
    }

    mutating func nextSteps(at now: ContinuousClock.Instant) -> [Step] {
        var steps: [Step] = []
        if isEnding { waiting = [] }
        while inFlight.count < pace.limit, pace.mayStart(at: now), let next = waiting.first,
            requests.take(1, at: now), tokens.take(Double(TokenEstimate.tokens(in: next.prompt)), at: now)
        {
            waiting.removeFirst()
            inFlight[next.position] = next
            steps.append(.start(next))
        }
        // Ahead of the need, so that nobody waits for the database; not further, for what a dead worker had waits.
        let wanted = pace.limit + max(4, pace.limit / 4) - inFlight.count - waiting.count
        if !isEnding, !isClaiming, wanted > 0, waiting.count <= pace.limit / 4, now >= nextClaim {
            isClaiming = true
            steps.append(.claim(min(wanted, 64)))
        }
        let isDue = now - lastFlush >= Self.flushInterval || outcomes.count >= Self.mostOutcomes || isEnding
        if !isFlushing, !outcomes.isEmpty, isDue {
            isFlushing = true
            lastFlush = now
            steps.append(.flush(outcomes))
            outcomes = []
        }
        return steps
    }

    mutating func claimed(_ items: [ClaimedItem], at now: ContinuousClock.Instant) {
        isClaiming = false
        if items.isEmpty { nextClaim = now + Self.idleWait }
        waiting += items
    }

    mutating func flushed() { isFlushing = false }

    mutating func ended(_ ending: ItemEnding, at now: ContinuousClock.Instant) {
        inFlight[ending.outcome.position] = nil
        outcomes.append(ending.outcome)
        switch ending {
        case .ended(let outcome): if outcome.state == .done { pace.succeeded() }
        case .refused(_, let wait): pace.refused(at: now, wait: wait)
        case .blocked: isEnding = true
        }
    }
}

/// Bounds that all workers of a batch keep together.
package struct BatchBounds: Sendable, Hashable {
    package var concurrency: Int
    package var requestsPerMinute: Int?
    package var tokensPerMinute: Int?

    package init(concurrency: Int = 64, requestsPerMinute: Int? = nil, tokensPerMinute: Int? = nil) {
        self.concurrency = max(1, concurrency)
        self.requestsPerMinute = requestsPerMinute
        self.tokensPerMinute = tokensPerMinute
    }
}
