package import Store
internal import Assistant
package import BatchQueue
package import Concurrency
package import JSON

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
        case claimed(Result<BatchClaim, StoreError>)
        case flushed([ItemOutcome], Result<Set<Int>, StoreError>)
        case beat(Result<WorkerReport, StoreError>)
        case looked(Result<Bool, StoreError>)
        case call(CallEvent)
        /// A person wants this worker to go, at once or later, or a time has come: it is looked what is to be done.
        case woken
        case due
    }

    /// Does the work on an item, whose model calls pass the limiter.
    package typealias CarryOut = @Sendable (ClaimedItem, ConcurrencyLimiter) async -> ItemEnding

    let worker: BatchWorker
    let store: BatchStore
    /// Of the batch, as this worker knows them.
    let settings: JSON
    let bounds: BatchBounds
    let lease: Duration
    let carryOut: CarryOut
    let observe: @Sendable (WorkEvent) async -> Void
    /// A person wants this worker to end what is in flight and go.
    let stop: StopSignal
    /// Asked between steps: this process still puts items in.
    let moreComes: @Sendable () -> Bool

    package static let longestAbsence = Duration.seconds(600)
    static let longestAbsenceAtEnd = Duration.seconds(15)
    /// With no answer for so long the trouble is no passing one.
    static let longestTrouble = Duration.seconds(600)
    /// The same of an endpoint that nobody has reached yet.
    static let longestMistake = Duration.seconds(15)

    package init(
        worker: BatchWorker, store: BatchStore, settings: JSON = [:], bounds: BatchBounds,
        lease: Duration = .seconds(60), stop: StopSignal = StopSignal(),
        moreComes: @escaping @Sendable () -> Bool = { false },
        observe: @escaping @Sendable (WorkEvent) async -> Void = { _ in },
        carryOut: @escaping CarryOut
    ) {
        self.worker = worker
        self.store = store
        self.settings = settings
        self.bounds = bounds
        self.lease = lease
        self.stop = stop
        self.moreComes = moreComes
        self.observe = observe
        self.carryOut = carryOut
    }

    /// Errors: `fenced` when the others have given this worker up (it may join again), `unavailable` when the store
    /// stayed away.
    package func run() async throws(StoreError) -> Ending {
        let events = EventQueue<Event>()
        let result = await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group -> Result<Ending, StoreError> in
                defer { group.cancelAll() }
                var loop = WorkerLoop(engine: self, events: events, at: .now)
                do throws(StoreError) {
                    return .success(try await loop.run(&group))
                } catch {
                    return .failure(error)
                }
            }
        } onCancel: {
            events.post(.woken)
        }
        return try result.get()
    }

    // MARK: What runs beside each other

    func claim(_ most: Int) async -> Event {
        await .claimed(Self.result { () async throws(StoreError) in try await worker.claim(most) })
    }

    /// What was paid for is recorded, also when the worker is being stopped.
    func flush(_ outcomes: [ItemOutcome]) async -> Event {
        let stored = await shielded { () async in
            await Self.result { () async throws(StoreError) in try await worker.complete(outcomes) }
        }
        return .flushed(outcomes, stored)
    }

    func beat(after rest: Duration) async -> Event {
        if rest > .zero { await worker.rest(atMost: rest) }
        return await .beat(Self.result { () async throws(StoreError) in try await worker.beat() })
    }

    func look() async -> Event {
        await .looked(
            Self.result { () async throws(StoreError) in try await store.waitsForWordsOnly(worker.batch) })
    }

    private static func result<Value: Sendable>(
        _ body: () async throws(StoreError) -> Value
    ) async -> Result<Value, StoreError> {
        do throws(StoreError) {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }
}
