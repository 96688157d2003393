internal import Assistant
internal import BatchQueue

/// What one worker has in hand; decides what is to be done next. A value without I/O: ``BatchEngine`` carries it out.
struct WorkScheduler {
    enum Step: Sendable {
        case start(ClaimedItem)
        case claim(Int)
        case flush([ItemOutcome])
    }

    private(set) var pace: AIMDLimiter
    private var requests: TokenBucket
    private var tokens: TokenBucket
    /// What an item has used so far, on the average; nil before the first.
    private var usualTokens: Double?
    private var waiting: [ClaimedItem] = []
    private(set) var inFlight: [Int: ClaimedItem] = [:]
    /// Of the allowance of tokens, by position.
    private var takenTokens: [Int: Double] = [:]
    private var outcomes: [ItemOutcome] = []
    private(set) var isClaiming = false
    private var hasLostClaim = false
    private var sent: [ItemOutcome] = []
    private var lastFlush: ContinuousClock.Instant
    private var nextClaim: ContinuousClock.Instant
    /// Nothing new is started; what is in flight ends.
    var isEnding = false
    /// Nothing new is started and nothing is sent to it before it is back.
    var isStoreAway = false

    private static let flushInterval = Duration.milliseconds(60)
    private static let mostOutcomes = 100
    /// How long to wait when there was nothing to claim.
    private static let idleWait = Duration.milliseconds(200)

    /// `pause`: how long nothing is claimed, until the others have made room.
    init(bounds: BatchBounds, at now: ContinuousClock.Instant, pause: Duration = .zero) {
        pace = AIMDLimiter(bound: bounds.concurrency)
        requests = TokenBucket(perMinute: bounds.requestsPerMinute.map { Double($0) }, at: now)
        tokens = TokenBucket(perMinute: bounds.tokensPerMinute.map { Double($0) }, at: now)
        lastFlush = now
        nextClaim = now + pause
    }

    var isIdle: Bool { inFlight.isEmpty && outcomes.isEmpty && sent.isEmpty && !isClaiming }
    /// Nothing is claimed, begun or to be told.
    var isEmpty: Bool { isIdle && waiting.isEmpty }

    /// This worker's part of what all of them share: the workers of lower rank have what does not divide.
    mutating func share(_ bounds: BatchBounds, workers: Int, rank: Int) {
        let workers = max(1, workers)
        pace.bound = bounds.concurrency / workers + (rank < bounds.concurrency % workers ? 1 : 0)
        requests.perMinute = bounds.requestsPerMinute.map { Double($0) / Double(workers) }
        tokens.perMinute = bounds.tokensPerMinute.map { Double($0) / Double(workers) }
    }

    /// Something has changed: what could not be claimed a moment ago may be there now.
    mutating func wake(at now: ContinuousClock.Instant, pause: Duration = .zero) { nextClaim = now + pause }

    /// Model calls that may be in flight now.
    func callLimit(at now: ContinuousClock.Instant) -> Int { pace.mayStart(at: now) ? pace.limit : 0 }

    /// Some more items than calls: what is stored before and after a call takes its time too.
    private var itemLimit: Int { pace.limit == 0 ? 0 : pace.limit + max(1, pace.limit / 4) }

    mutating func note(_ event: CallEvent, at now: ContinuousClock.Instant) {
        switch event {
        case .further: requests.settle(1)
        case .answered: pace.answered()
        case .troubled(let trouble): pace.slowDown(at: now, for: trouble)
        case .limits(let limits): pace.note(limits, at: now)
        }
    }

    mutating func nextSteps(at now: ContinuousClock.Instant) -> [Step] {
        var steps: [Step] = []
        if isEnding { waiting = [] }
        while !isStoreAway, inFlight.count < itemLimit, !isLearning, let next = waiting.first, pace.mayStart(at: now),
            tokens.take(taken(for: next), at: now)
        {
            guard requests.take(1, at: now) else {
                tokens.settle(-taken(for: next))
                break
            }
            takenTokens[next.position] = taken(for: next)
            waiting.removeFirst()
            inFlight[next.position] = next
            pace.started()
            steps.append(.start(next))
        }
        guard !isStoreAway else { return steps }
        let wanted = wanted
        if wanted > 0, now >= nextClaim {
            isClaiming = true
            steps.append(.claim(min(wanted, 100)))
        }
        let isDue = now - lastFlush >= Self.flushInterval || outcomes.count >= Self.mostOutcomes || isEnding
        if sent.isEmpty, !outcomes.isEmpty, isDue {
            lastFlush = now
            sent = outcomes
            outcomes = []
            steps.append(.flush(sent))
        }
        return steps
    }

    /// How many more are to be claimed: ahead of the need, so that nobody waits for the database; not further, for what a
    /// dead worker had waits.
    private var wanted: Int {
        let ahead = pace.limit == 0 ? 0 : max(4, pace.limit / 4)
        guard !isEnding, !isClaiming, waiting.count <= ahead / 2 else { return 0 }
        return itemLimit + ahead - inFlight.count - waiting.count
    }

    /// When there is something to do next that no event tells of, after ``nextSteps(at:)``; nil when there is not.
    func nextTime(after now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        var times: [ContinuousClock.Instant] = []
        if !inFlight.isEmpty || !waiting.isEmpty, let opening = pace.nextOpening(at: now) { times.append(opening) }
        if !isStoreAway {
            if wanted > 0 { times.append(nextClaim) }
            if sent.isEmpty, !outcomes.isEmpty { times.append(lastFlush + Self.flushInterval) }
            if let next = waiting.first, inFlight.count < itemLimit, !isLearning, pace.mayStart(at: now) {
                times.append(max(tokens.time(of: taken(for: next), after: now), requests.time(of: 1, after: now)))
            }
        }
        // Never at once: what could be done now was done, and sums of fractions may miss by a little.
        return times.min().map { max($0, now + .milliseconds(1)) }
    }

    /// With a bound on tokens the first item goes alone, to show what one uses: instructions, tools and answer too.
    private var isLearning: Bool { tokens.perMinute != nil && usualTokens == nil && !inFlight.isEmpty }

    private func taken(for item: ClaimedItem) -> Double {
        max(Double(TokenEstimate.tokens(in: item.prompt)), usualTokens ?? 0)
    }

    mutating func claimed(_ items: [ClaimedItem], at now: ContinuousClock.Instant) {
        isClaiming = false
        if items.isEmpty { nextClaim = now + Self.idleWait }
        waiting += items
    }

    mutating func flushed() { sent = [] }

    /// The store was away: they are sent again.
    mutating func flushFailed() {
        outcomes = sent + outcomes
        sent = []
    }

    /// What was claimed is not known: the answer may have been lost on its way.
    mutating func claimFailed() {
        isClaiming = false
        hasLostClaim = true
    }

    /// The items that this worker knows of, when there may be others that it does not.
    mutating func takeLostClaim() -> [Int]? {
        guard hasLostClaim, !isClaiming else { return nil }
        hasLostClaim = false
        return inFlight.keys + waiting.map(\.position) + (outcomes + sent).map(\.position)
    }

    mutating func ended(_ ending: ItemEnding, at now: ContinuousClock.Instant) {
        let outcome = ending.outcome
        inFlight[outcome.position] = nil
        if let taken = takenTokens.removeValue(forKey: outcome.position) {
            let told = Double(outcome.inputTokens) + Double(outcome.outputTokens)
            // Not every server says what it used.
            let used = told == 0 && outcome.state == .done ? taken : told
            tokens.settle(used - taken)
            if used > 0 { usualTokens = usualTokens.map { $0 * 0.9 + used * 0.1 } ?? used }
        }
        outcomes.append(outcome)
        switch ending {
        case .ended:
            if outcome.inputTokens > 0 || outcome.outputTokens > 0 || outcome.state == .done { pace.succeeded() }
        case .refused(_, let trouble), .troubled(_, let trouble): pace.slowDown(at: now, for: trouble)
        case .blocked: isEnding = true
        }
    }
}
