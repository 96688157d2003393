internal import Store
internal import Assistant
internal import BatchQueue
internal import Concurrency

/// One worker's time in a batch: what it knows from one event to the next.
struct WorkerLoop {
    private typealias Event = BatchEngine.Event

    private let engine: BatchEngine
    private let events: EventQueue<Event>
    private let limiter: ConcurrencyLimiter
    private var alarm = Alarm()
    private var scheduler: WorkScheduler
    private var ending: BatchEngine.Ending?
    private var report: WorkerReport?
    private var lastReport: ContinuousClock.Instant
    private var isLooking = false
    private var wasTroubleSaid = false

    /// Others see the death of a worker after at most this, and what it had.
    private static let beatInterval = Duration.milliseconds(200)
    /// How long nothing is said of an endpoint that answers nothing.
    private static let silentTrouble = Duration.seconds(5)
    /// How long a worker that comes to others lets them make room.
    private static let roomInterval = Duration.milliseconds(500)

    init(engine: BatchEngine, events: EventQueue<BatchEngine.Event>, at now: ContinuousClock.Instant) {
        self.engine = engine
        self.events = events
        limiter = ConcurrencyLimiter { events.post(.call($0)) }
        scheduler = WorkScheduler(bounds: engine.bounds, at: now, pause: Self.roomInterval)
        lastReport = now
    }

    mutating func run(_ group: inout DiscardingTaskGroup) async throws(StoreError) -> BatchEngine.Ending {
        let (engine, events) = (engine, events)
        defer { alarm.cancel() }
        run(&group) { await engine.beat(after: .zero) }
        run(&group) {
            await engine.stop.wait()
            return .woken
        }
        while true {
            if ending == nil, Task.isCancelled || engine.stop.isMade { ending = .stopped }
            scheduler.isEnding = ending != nil
            let now = ContinuousClock.now
            // Who does not know whether the others still count on it begins nothing new: it may have slept.
            if now > surelyKnown, !Task.isCancelled { scheduler.isStoreAway = true }
            limiter.set(limit: scheduler.callLimit(at: now), opensUntil: surelyKnown, isClosing: ending != nil)
            for step in scheduler.nextSteps(at: now) { await begin(step, &group) }
            if let ending, scheduler.isIdle { return ending }
            alarm.set(for: nextTime(after: now)) { events.post(.due) }
            for event in await events.next() { try await take(event, &group) }
            try await lookForTrouble()
        }
    }

    /// Until then the others surely count on this worker.
    private var surelyKnown: ContinuousClock.Instant { lastReport + engine.lease / 2 }

    private func nextTime(after now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        let next = scheduler.nextTime(after: now)
        guard !scheduler.isStoreAway, !Task.isCancelled else { return next }
        return min(next ?? surelyKnown, surelyKnown)
    }

    private func begin(_ step: WorkScheduler.Step, _ group: inout DiscardingTaskGroup) async {
        let (engine, limiter) = (engine, limiter)
        switch step {
        case .start(let item):
            await engine.observe(.started(item))
            run(&group) { .ended(await engine.carryOut(item, limiter)) }
        case .claim(let most): run(&group) { await engine.claim(most) }
        case .flush(let outcomes): run(&group) { await engine.flush(outcomes) }
        }
    }

    /// Lets something run beside the loop, which hears how it ended.
    private func run(_ group: inout DiscardingTaskGroup, _ body: @escaping @Sendable () async -> Event) {
        let events = events
        group.addTask { events.post(await body()) }
    }

    private mutating func take(_ event: Event, _ group: inout DiscardingTaskGroup) async throws(StoreError) {
        let now = ContinuousClock.now
        let engine = engine
        switch event {
        case .woken: break
        case .due: alarm.rang()
        case .call(let call): scheduler.note(call, at: now)
        case .ended(let item):
            if let claimed = scheduler.inFlight[item.outcome.position] {
                await engine.observe(.ended(claimed, item.outcome))
            }
            scheduler.ended(item, at: now)
            if case .blocked(_, let reason) = item { try await pause(reason) }
        case .claimed(let result): try claimed(result, &group)
        case .flushed(let outcomes, let result):
            if let refused = try unlessAway(result) {
                scheduler.flushed()
                // Perhaps that was the last: the next claim says so.
                if scheduler.isEmpty { scheduler.wake(at: now) }
                let kept = outcomes.filter { !refused.contains($0.position) }
                if !kept.isEmpty { await engine.observe(.stored(kept)) }
                if !refused.isEmpty { await engine.observe(.refused(refused)) }
            } else {
                // Stopped for the second time: nobody waits for the store any more.
                if Task.isCancelled { _ = try result.get() }
                scheduler.flushFailed()
            }
        case .beat(let result): try await heard(result, &group)
        case .looked(let result):
            isLooking = false
            if try unlessAway(result) == true, scheduler.isEmpty, !engine.moreComes() { ending = ending ?? .finished }
        }
    }

    private mutating func claimed(
        _ result: Result<BatchClaim, StoreError>, _ group: inout DiscardingTaskGroup
    ) throws(StoreError) {
        guard let claim = try unlessAway(result) else { return scheduler.claimFailed() }
        scheduler.claimed(ending == nil ? claim.items : [], at: .now)
        end(for: claim.status)
        guard ending == nil, claim.items.isEmpty, scheduler.isEmpty, claim.status[.running] == 0 else { return }
        // Others may still give back what they have reserved: nobody has anything now.
        if claim.isOutOfMoney { ending = .outOfMoney }
        if !claim.isOutOfMoney, !claim.status.isReading, !isLooking {
            isLooking = true
            let engine = engine
            run(&group) { await engine.look() }
        }
    }

    private mutating func heard(
        _ result: Result<WorkerReport, StoreError>, _ group: inout DiscardingTaskGroup
    ) async throws(StoreError) {
        let now = ContinuousClock.now
        let engine = engine
        guard let heard = try unlessAway(result) else {
            if Task.isCancelled {
                // Stopped for the second time: nobody waits for a store that is away.
                if scheduler.isStoreAway { _ = try result.get() }
                return
            }
            if !scheduler.isStoreAway, case .failure(let error) = result {
                await engine.observe(.storeAway(error.message))
            }
            scheduler.isStoreAway = true
            let patience = ending == .stopped ? BatchEngine.longestAbsenceAtEnd : BatchEngine.longestAbsence
            if now - lastReport > patience { _ = try result.get() }
            run(&group) { await engine.beat(after: .seconds(1)) }
            return
        }
        let isFirst = report == nil
        report = heard
        lastReport = heard.asked
        scheduler.isStoreAway = false
        if let known = scheduler.takeLostClaim() { try await engine.worker.release(keeping: known) }
        scheduler.share(engine.bounds, workers: heard.workers, rank: heard.rank)
        // The first to come need not wait for others to make room.
        if !isFirst || heard.workers == 1 { scheduler.wake(at: now) }
        await engine.observe(.status(heard.status, workers: heard.workers))
        end(for: heard.status)
        // A hundred workers look at each other's locks: the more there are, the less often.
        let interval = max(Self.beatInterval, .milliseconds(10) * heard.workers)
        run(&group) { await engine.beat(after: interval) }
    }

    private mutating func end(for status: BatchStatus) {
        guard ending == nil else { return }
        if status.settings != engine.settings { return ending = .replanned }
        switch status.state {
        case .paused: ending = .paused(status.reason ?? "")
        case .cancelled: ending = .cancelled
        case .open: if status.isFinished, scheduler.isEmpty, !engine.moreComes() { ending = .finished }
        }
    }

    /// An endpoint that answers nothing is waited for, and said, and given up after a while: sooner when it never was
    /// there, for then it is a mistake. Where others work as well it is perhaps this machine's alone: it leaves.
    private mutating func lookForTrouble() async throws(StoreError) {
        guard let (since, last, trouble) = scheduler.pace.trouble else {
            wasTroubleSaid = false
            return
        }
        let isMistake = !scheduler.pace.wasReached
        if last - since > (isMistake ? BatchEngine.longestMistake : BatchEngine.longestTrouble), ending == nil {
            await engine.observe(.gaveUp(trouble))
            let reason = "\(trouble.message) Nothing was answered for \(Self.words(last - since))."
            if report.map({ $0.workers > 1 }) ?? false { ending = .paused(reason) } else { try await pause(reason) }
        } else if last - since > Self.silentTrouble, !wasTroubleSaid {
            wasTroubleSaid = true
            await engine.observe(.troubled(trouble))
        }
    }

    private static func words(_ time: Duration) -> String {
        let seconds = time.components.seconds
        return seconds < 120 ? "\(seconds) seconds" : "\(seconds / 60) minutes"
    }

    private mutating func pause(_ reason: String) async throws(StoreError) {
        guard ending == nil else { return }
        ending = .paused(reason)
        try await engine.store.pause(engine.worker.batch, reason: reason)
    }

    /// Nil while the store is away.
    private func unlessAway<Value>(_ result: Result<Value, StoreError>) throws(StoreError) -> Value? {
        if case .failure(let error) = result {
            if error.kind == .unavailable { return nil }
            // Interrupted between two statements: the ending says it.
            if error.kind == .cancelled, Task.isCancelled { return nil }
        }
        return try result.get()
    }
}
