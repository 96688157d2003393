package import Assistant
internal import Concurrency
package import JSON
package import Memory

/// Works on a batch until nothing is left: claims, carries out, records, reports, all beside each other, so that
/// neither the database nor an endpoint is waited for by more than who needs it.
///
/// A store that goes away is waited for, ``longestAbsence`` long: what was answered meanwhile is kept and stored when
/// it is back.
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
        /// A person has begun the batch anew with other settings.
        case replanned
    }

    enum Event: Sendable {
        case ended(ItemEnding)
        case claimed(Result<BatchClaim, JournalError>)
        case flushed([ItemOutcome], Result<Set<Int>, JournalError>)
        case beat(Result<WorkerReport, JournalError>)
        case looked(Result<Bool, JournalError>)
        case tick
    }

    let worker: BatchWorker
    let store: BatchStore
    /// Of the batch, as this worker knows them.
    let settings: JSON
    let bounds: BatchBounds
    let board: AllowanceBoard
    let limiter: ConcurrencyLimiter
    let lease: Duration
    let carryOut: @Sendable (ClaimedItem) async -> ItemEnding
    let observe: @Sendable (WorkEvent) async -> Void
    /// Asked between steps: a person wants this worker to end what is in flight and go.
    let isAskedToStop: @Sendable () -> Bool
    /// Asked between steps: this process still puts items in.
    let moreComes: @Sendable () -> Bool

    static let tick = Duration.milliseconds(20)
    package static let longestAbsence = Duration.seconds(600)
    static let longestAbsenceAtEnd = Duration.seconds(15)
    /// With no answer for so long the trouble is no passing one.
    static let longestTrouble = Duration.seconds(600)
    /// The same of an endpoint that nobody has reached yet.
    static let longestMistake = Duration.seconds(15)

    package init(
        worker: BatchWorker, store: BatchStore, settings: JSON = [:], bounds: BatchBounds,
        lease: Duration = .seconds(60),
        board: AllowanceBoard = AllowanceBoard(), limiter: ConcurrencyLimiter,
        isAskedToStop: @escaping @Sendable () -> Bool = { false },
        moreComes: @escaping @Sendable () -> Bool = { false },
        observe: @escaping @Sendable (WorkEvent) async -> Void = { _ in },
        carryOut: @escaping @Sendable (ClaimedItem) async -> ItemEnding
    ) {
        self.worker = worker
        self.store = store
        self.settings = settings
        self.bounds = bounds
        self.lease = lease
        self.board = board
        self.limiter = limiter
        self.isAskedToStop = isAskedToStop
        self.moreComes = moreComes
        self.observe = observe
        self.carryOut = carryOut
    }

    /// Errors: `fenced` when the others have given this worker up (it may join again), `unavailable` when the store
    /// stayed away.
    package func run() async throws(JournalError) -> Ending {
        let result = await withTaskGroup(of: Event.self) { group -> Result<Ending, JournalError> in
            defer { group.cancelAll() }
            var loop = WorkerLoop(engine: self, at: .now)
            do throws(JournalError) {
                return .success(try await loop.run(&group))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    // MARK: What runs beside each other

    func begin(_ step: WorkScheduler.Step, _ group: inout TaskGroup<Event>) async {
        switch step {
        case .start(let item):
            await observe(.started(item))
            group.addTask { .ended(await carryOut(item)) }
        case .claim(let most):
            group.addTask {
                await .claimed(Self.result { () async throws(JournalError) in try await worker.claim(most) })
            }
        case .flush(let outcomes):
            group.addTask {
                // What was paid for is recorded, also when the worker is being stopped.
                let stored = await shielded { () async in
                    await Self.result { () async throws(JournalError) in try await worker.complete(outcomes) }
                }
                return .flushed(outcomes, stored)
            }
        }
    }

    func beat(after rest: Duration) async -> Event {
        if rest > .zero { await worker.rest(atMost: rest) }
        return await .beat(Self.result { () async throws(JournalError) in try await worker.beat() })
    }

    func look() async -> Event {
        await .looked(
            Self.result { () async throws(JournalError) in try await store.waitsForWordsOnly(worker.batch) })
    }

    static func pause() async -> Event {
        try? await Task.sleep(for: tick)
        return .tick
    }

    private static func result<Value: Sendable>(
        _ body: () async throws(JournalError) -> Value
    ) async -> Result<Value, JournalError> {
        do throws(JournalError) {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }
}
