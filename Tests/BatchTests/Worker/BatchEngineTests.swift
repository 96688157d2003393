import Assistant
import BatchQueue
import Concurrency
import FoundationEssentials
import JSON
import Memory
import Postgres
import Store
import Synchronization
import Testing
import TestSupport

@testable import Batch

/// A batch in a database of its own, and what was done with its items.
private final class EnginePlayground: Sendable {
    struct Hooks: Sendable {
        var stop = StopSignal()
        var moreComes: @Sendable () -> Bool = { false }
    }

    let database: TestDatabase
    let store: BatchStore
    let batch: UUID
    private let carried = Mutex<[Int: Int]>([:])

    init(_ count: Int, maxCost: Double? = nil, estimate: Double? = nil) async throws {
        database = try await TestDatabase.make()
        let url = database.connectionString
        let pool = PostgresPool(maxConnections: 6) { () async throws(PostgresError) in url }
        try await StoreSchema(MemoryStore.migrations + BatchStore.migrations).migrate(pool)
        store = BatchStore(pool: pool, user: "one")
        batch = try await store.open(name: "/prompts", output: nil, settings: [:], maxCost: maxCost).id
        let items = (0..<count).map {
            NewBatchItem(name: "item\($0)", hash: [UInt8($0 % 256)], prompt: "what?", estimate: estimate)
        }
        if !items.isEmpty { _ = try await store.add(items, to: batch, reading: UUID(), mayRepeatNames: false) }
    }

    /// How often each item was begun.
    var begun: [Int: Int] { carried.withLock { $0 } }
    var status: BatchStatus { get async throws { try #require(try await store.status(batch)) } }

    func work(
        concurrency: Int = 8, hooks: Hooks = Hooks(),
        _ ending: @escaping @Sendable (ClaimedItem, ItemOutcome) async -> ItemEnding = { .ended($1) }
    ) async throws(StoreError) -> BatchEngine.Ending {
        try await BatchWorker.join(batch, of: store) { [self] (worker) async throws(StoreError) in
            try await BatchEngine(
                worker: worker, store: store, bounds: BatchBounds(concurrency: concurrency), stop: hooks.stop,
                moreComes: hooks.moreComes
            ) { [self] item, _ in
                carried.withLock { $0[item.position, default: 0] += 1 }
                let done = ItemOutcome(
                    position: item.position, attempt: item.attempt, state: .done, answer: item.name, inputTokens: 1,
                    outputTokens: 1, cost: 0.01)
                return await ending(item, done)
            }.run()
        }
    }
}

struct `The engine of a batch` {
    @Test func `has each item done once by one of several workers`() async throws {
        let playground = try await EnginePlayground(60)
        async let first = playground.work()
        async let second = playground.work()
        #expect(try await first == .finished)
        #expect(try await second == .finished)
        #expect(playground.begun == Dictionary(uniqueKeysWithValues: (0..<60).map { ($0, 1) }))
        #expect(try await playground.status[.done] == 60)
    }

    @Test func `ends what is in flight when it is asked to stop, and leaves the rest`() async throws {
        let playground = try await EnginePlayground(40)
        let stop = StopSignal()
        let ending = try await playground.work(concurrency: 2, hooks: .init(stop: stop)) { _, outcome in
            if playground.begun.count >= 4 { stop.make() }
            try? await Task.sleep(for: .milliseconds(30))
            return .ended(outcome)
        }
        #expect(ending == .stopped)
        let status = try await playground.status
        #expect(status[.done] == playground.begun.count)
        #expect(status[.pending] == 40 - playground.begun.count)
        #expect(try await playground.work() == .finished)
        #expect(playground.begun.values.allSatisfy { $0 == 1 })
    }

    @Test func `pauses the whole batch when nothing will do`() async throws {
        let playground = try await EnginePlayground(20)
        let ending = try await playground.work(concurrency: 1) { item, outcome in
            guard item.position == 3 else { return .ended(outcome) }
            var back = ItemOutcome(position: item.position, attempt: item.attempt, state: .pending)
            back.error = "no money"
            return .blocked(back, reason: "no money")
        }
        #expect(ending == .paused("no money"))
        #expect(try await playground.work() == .paused("no money"))
        let status = try await playground.status
        #expect(status[.done] >= 3 && status[.pending] == 20 - status[.done])
        try await playground.store.reopen(playground.batch)
        #expect(try await playground.work() == .finished)
        #expect(try await playground.status[.done] == 20)
    }

    @Test func `takes up again what was refused, or failed and may be tried again`() async throws {
        let playground = try await EnginePlayground(10)
        let ending = try await playground.work { item, outcome in
            guard item.attempt == 1, item.position < 4 else { return .ended(outcome) }
            let back = ItemOutcome(
                position: item.position, attempt: item.attempt, state: .pending, isFailure: item.position < 2)
            return item.position < 2
                ? .ended(back)
                : .refused(back, EndpointTrouble(.limit, begun: nil, wait: .milliseconds(1), message: "Too many."))
        }
        #expect(ending == .finished)
        #expect(try await playground.status[.done] == 10)
        #expect(playground.begun.filter { $0.value == 2 }.keys.sorted() == [0, 1, 2, 3])
    }

    @Test func `stops where the money that is left does not reach`() async throws {
        let playground = try await EnginePlayground(30, maxCost: 0.1, estimate: 0.015)
        #expect(try await playground.work() == .outOfMoney)
        let status = try await playground.status
        // A cent each, and a cent and a half has to be there before one is begun.
        #expect(status[.done] == 9)
        #expect(status.spent <= 0.1)
    }

    @Test func `waits for what its process still puts in`() async throws {
        let playground = try await EnginePlayground(0)
        let isPuttingIn = Atomic(true)
        async let ending = playground.work(hooks: .init(moreComes: { isPuttingIn.load(ordering: .relaxed) }))
        try await Task.sleep(for: .milliseconds(100))
        let item = NewBatchItem(name: "late", hash: [1], prompt: "x", estimate: nil)
        _ = try await playground.store.add([item], to: playground.batch, reading: UUID(), mayRepeatNames: false)
        isPuttingIn.store(false, ordering: .relaxed)
        #expect(try await ending == .finished)
        #expect(try await playground.status[.done] == 1)
    }

    @Test func `does not wait for recordings that others have`() async throws {
        let playground = try await EnginePlayground(1)
        let recording = NewBatchItem(
            name: "a.wav", hash: [1], prompt: "", options: ItemOptions(recording: "/a.wav"), estimate: nil)
        _ = try await playground.store.add([recording], to: playground.batch, reading: UUID(), mayRepeatNames: false)
        #expect(try await playground.work() == .finished)
        #expect(try await playground.status[.pending] == 1)
    }

    @Test func `ends when the batch is cancelled by somebody else`() async throws {
        let playground = try await EnginePlayground(30)
        let ending = try await playground.work(concurrency: 1) { item, outcome in
            if item.position == 2 {
                do throws(StoreError) {
                    try await playground.store.cancel(playground.batch)
                } catch {
                    Issue.record(error)
                }
            }
            return .ended(outcome)
        }
        #expect(ending == .cancelled)
        let status = try await playground.status
        #expect(status[.done] >= 3 && status[.skipped] == 30 - status[.done])
    }
}
