package import Assistant
package import Memory

/// Works on a batch until nothing is left: claims, carries out, records, reports, all beside each other, so that
/// neither the database nor an endpoint is waited for by more than who needs it.
package struct BatchEngine: Sendable {
    /// How it ended.
    package enum Ending: Sendable, Hashable {
        /// Nothing is left to be done.
        case finished
        /// The batch was paused, by this worker or another.
        case paused(String)
        case cancelled
        /// The money that is left does not reach for the next item.
        case outOfMoney
        /// A person has stopped this worker; the rest can be resumed.
        case stopped
    }

    private enum Event: Sendable {
        case ended(ItemEnding)
        case claimed(Result<BatchClaim, JournalError>)
        case flushed(Result<Set<Int>, JournalError>)
        case beat(Result<(status: BatchStatus, workers: Int), JournalError>)
        case tick
    }

    private let worker: BatchWorker
    private let store: BatchStore
    private let bounds: BatchBounds
    private let carryOut: @Sendable (ClaimedItem) async -> ItemEnding
    private let observe: @Sendable (WorkEvent) async -> Void
    /// Asked between steps: a person wants this worker to end what is in flight and go.
    private let isAskedToStop: @Sendable () -> Bool

    private static let beatInterval = Duration.milliseconds(400)
    private static let tick = Duration.milliseconds(20)

    package init(
        worker: BatchWorker, store: BatchStore, bounds: BatchBounds,
        isAskedToStop: @escaping @Sendable () -> Bool,
        observe: @escaping @Sendable (WorkEvent) async -> Void,
        carryOut: @escaping @Sendable (ClaimedItem) async -> ItemEnding
    ) {
        self.worker = worker
        self.store = store
        self.bounds = bounds
        self.isAskedToStop = isAskedToStop
        self.observe = observe
        self.carryOut = carryOut
    }

    package func run() async throws(JournalError) -> Ending {
        let result = await withTaskGroup(of: Event.self) { group -> Result<Ending, JournalError> in
            do throws(JournalError) {
                return .success(try await loop(&group))
            } catch {
                group.cancelAll()
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func loop(_ group: inout TaskGroup<Event>) async throws(JournalError) -> Ending {
        var floor = WorkFloor(bounds: bounds, at: .now)
        var ending: Ending?
        group.addTask { await beat(after: .zero) }
        group.addTask { await Self.wait() }
        while true {
            if ending == nil, Task.isCancelled || isAskedToStop() { ending = .stopped }
            floor.isEnding = ending != nil
            for step in floor.nextSteps(at: .now) { await begin(step, &group) }
            if ending != nil, floor.isIdle { break }
            guard let event = await group.next() else { break }
            switch event {
            case .tick: group.addTask { await Self.wait() }
            case .ended(let item):
                if case .blocked(_, let reason) = item {
                    try await store.set(worker.batch, state: .paused, reason: reason)
                    ending = .paused(reason)
                }
                if let claimed = floor.inFlight[item.outcome.position] { await observe(.ended(claimed, item.outcome)) }
                floor.ended(item, at: .now)
            case .claimed(let result):
                let claim = try result.get()
                floor.claimed(ending == nil ? claim.items : [], at: .now)
                if let end = Self.ending(of: claim, isIdle: floor.inFlight.isEmpty && floor.unstarted.isEmpty) {
                    ending = ending ?? end
                }
            case .flushed(let result):
                let refused = try result.get()
                if !refused.isEmpty { await observe(.refused(refused)) }
                floor.flushed()
            case .beat(let result):
                let (status, workers) = try result.get()
                floor.share(bounds, among: workers)
                await observe(.status(status, workers: workers))
                if let end = Self.ending(of: status) { ending = ending ?? end }
                group.addTask { await beat(after: Self.beatInterval) }
            }
        }
        group.cancelAll()
        return ending ?? .finished
    }

    private func begin(_ step: WorkFloor.Step, _ group: inout TaskGroup<Event>) async {
        switch step {
        case .start(let item):
            await observe(.started(item))
            group.addTask { .ended(await carryOut(item)) }
        case .claim(let most):
            group.addTask {
                do throws(JournalError) {
                    return .claimed(.success(try await worker.claim(most)))
                } catch {
                    return .claimed(.failure(error))
                }
            }
        case .flush(let outcomes):
            group.addTask {
                // What was paid for is recorded, also when the worker is being stopped.
                do throws(JournalError) {
                    return .flushed(
                        .success(
                            try await shielded { () async throws(JournalError) in try await worker.complete(outcomes) }))
                } catch {
                    return .flushed(.failure(error))
                }
            }
        }
    }

    private func beat(after wait: Duration) async -> Event {
        try? await Task.sleep(for: wait)
        do throws(JournalError) {
            return .beat(.success(try await worker.beat()))
        } catch {
            return .beat(.failure(error))
        }
    }

    private static func wait() async -> Event {
        try? await Task.sleep(for: tick)
        return .tick
    }

    private static func ending(of claim: BatchClaim, isIdle: Bool) -> Ending? {
        if let end = ending(of: claim.status) { return end }
        // Others may still give back what they have reserved.
        return claim.isOutOfMoney && isIdle && claim.status[.running] == 0 ? .outOfMoney : nil
    }

    private static func ending(of status: BatchStatus) -> Ending? {
        switch status.state {
        case .paused: .paused(status.reason ?? "")
        case .cancelled: .cancelled
        case .open: status.isFinished ? .finished : nil
        }
    }
}
