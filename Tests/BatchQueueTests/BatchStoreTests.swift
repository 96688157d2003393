import Assistant
import BatchQueue
import FoundationEssentials
import JSON
import Memory
import Postgres
import Store
import Testing
import TestSupport

struct `The queue of a batch` {
    static func make() async throws -> (BatchStore, TestDatabase) {
        let database = try await TestDatabase.make()
        let url = database.connectionString
        let pool = PostgresPool(maxConnections: 8) { () async throws(PostgresError) in url }
        try await StoreSchema(MemoryStore.migrations + BatchStore.migrations).migrate(pool)
        return (BatchStore(pool: pool, user: "one"), database)
    }

    static func items(_ names: [String], content: String = "a", estimate: Double? = nil) -> [NewBatchItem] {
        names.map { name in
            NewBatchItem(
                name: name, hash: Array("\(name) \(content)".utf8), prompt: "\(content) \(name)", estimate: estimate)
        }
    }

    static func filled(_ count: Int, maxCost: Double? = nil, estimate: Double? = nil) async throws
        -> (BatchStore, TestDatabase, UUID)
    {
        let (store, database) = try await make()
        let batch = try await store.open(name: "/prompts", output: nil, settings: [:], maxCost: maxCost)
        let names = (0..<count).map { "item\($0)" }
        _ = try await store.add(
            items(names, estimate: estimate), to: batch.id, reading: UUID(), mayRepeatNames: false)
        return (store, database, batch.id)
    }

    static func withRecording() async throws -> (BatchStore, TestDatabase, UUID) {
        let (store, database, batch) = try await filled(0)
        let recording = NewBatchItem(
            name: "a.wav", hash: [1], prompt: "", options: ItemOptions(recording: "/a.wav"), estimate: 0)
        _ = try await store.add([recording], to: batch, reading: UUID(), mayRepeatNames: false)
        return (store, database, batch)
    }

    static func done(_ item: ClaimedItem, cost: Double? = nil) -> ItemOutcome {
        ItemOutcome(position: item.position, attempt: item.attempt, state: .done, answer: "x", cost: cost)
    }

    @Test func `takes what is new or changed, and nothing else`() async throws {
        let (store, database) = try await Self.make()
        let batch = try await store.open(name: "/prompts", output: "/out", settings: ["model": "m"], maxCost: nil)
        let first = try await store.add(
            Self.items(["a", "b", "c"]), to: batch.id, reading: UUID(), mayRepeatNames: false)
        #expect(first.added == 3)
        let again = Self.items(["a", "b"]) + Self.items(["c"], content: "b") + Self.items(["d"])
        let second = try await store.add(again, to: batch.id, reading: UUID(), mayRepeatNames: false)
        #expect((second.added, second.changed, second.unchanged) == (1, 1, 2))
        let status = try #require(try await store.status(batch.id))
        #expect(status[.pending] == 4)
        #expect(status.total == 4)
        #expect(try await store.items(of: batch.id, from: 0).map(\.name) == ["a", "b", "c", "d"])
        withExtendedLifetime(database) {}
    }

    @Test func `names what comes twice, also when it was known before`() async throws {
        let (store, database) = try await Self.make()
        let batch = try await store.open(name: "/lines", output: nil, settings: [:], maxCost: nil)
        for _ in 0..<2 {
            let reading = UUID()
            let first = try await store.add(
                Self.items(["a", "b", "a"]), to: batch.id, reading: reading, mayRepeatNames: true)
            #expect(first.duplicates == ["a"])
            let later = try await store.add(
                Self.items(["b"], content: "z"), to: batch.id, reading: reading, mayRepeatNames: true)
            #expect(later.duplicates == ["b"])
            #expect(later.changed == 0)
        }
        withExtendedLifetime(database) {}
    }

    @Test func `gives each item to one worker, in order`() async throws {
        let (store, database, batch) = try await Self.filled(100)
        let claimed = try await BatchWorker.join(batch, of: store) { (one) async throws(StoreError) in
            try await BatchWorker.join(batch, of: store) { (two) async throws(StoreError) in
                var all: [[Int]] = [[], []]
                for round in 0..<10 {
                    all[round % 2] += try await (round % 2 == 0 ? one : two).claim(10).items.map(\.position)
                }
                return all
            }
        }
        #expect(Set(claimed[0] + claimed[1]) == Set(0..<100))
        #expect(claimed[0] == claimed[0].sorted())
        withExtendedLifetime(database) {}
    }

    @Test func `keeps what came of items, and refuses what comes under an old attempt`() async throws {
        let (store, database, batch) = try await Self.filled(2)
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            let items = try await worker.claim(5).items
            let done = ItemOutcome(
                position: 0, attempt: items[0].attempt, state: .done, answer: "yes", model: "m", inputTokens: 3,
                outputTokens: 2, cost: 0.5)
            let old = ItemOutcome(position: 1, attempt: items[1].attempt - 1, state: .done, answer: "late")
            #expect(try await worker.complete([done, old]) == [1])
            #expect(try await worker.complete([done]) == [0])
            let back = ItemOutcome(
                position: 1, attempt: items[1].attempt, state: .pending, wait: .seconds(60), error: "busy")
            #expect(try await worker.complete([back]).isEmpty)
            #expect(try await worker.claim(5).items.isEmpty)
        }
        let status = try #require(try await store.status(batch))
        #expect((status[.done], status[.pending], status[.running]) == (1, 1, 0))
        #expect((status.inputTokens, status.outputTokens, status.spent) == (3, 2, 0.5))
        let stored = try await store.items(of: batch, from: 0)
        #expect(stored.map(\.answer) == ["yes", nil])
        #expect(stored.map(\.error) == [nil, "busy"])
        withExtendedLifetime(database) {}
    }

    @Test func `takes over at once what a dead worker had`() async throws {
        let (store, database, batch) = try await Self.filled(3)
        // A worker whose connection is gone, as after SIGKILL.
        let url = database.connectionString
        let pool = PostgresPool(maxConnections: 4) { () async throws(PostgresError) in url }
        let other = BatchStore(pool: pool, user: "one")
        _ = try await BatchWorker.join(batch, of: store) { (living) async throws(StoreError) in
            try await BatchWorker.join(batch, of: other) { (dead) async throws(StoreError) in
                #expect(try await dead.claim(3).items.count == 3)
                #expect(try await living.beat().status[.pending] == 0)
                try await database.endLatestWorker()
                // A server that has just started gives everybody a moment to come back.
                var seen = try await living.beat()
                while seen.workers == 2 {
                    await living.rest(atMost: .milliseconds(50))
                    seen = try await living.beat()
                }
                #expect(seen.status[.pending] == 3)
                let items = try await living.claim(3).items
                #expect(items.map(\.attempt) == [2, 2, 2])
                // Its connection is gone; with a new one it hears that it was given up.
                await #expect(throws: StoreError.self) { try await dead.beat() }
                let error = await #expect(throws: StoreError.self) { try await dead.beat() }
                #expect(error?.kind == .fenced)
            }
        }
        withExtendedLifetime(database) {}
    }

    @Test func `gives out what was put back, though it lies before what was claimed last`() async throws {
        let (store, database, batch) = try await Self.filled(5)
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            let first = try await worker.claim(2).items
            _ = try await worker.complete(
                first.map { ItemOutcome(position: $0.position, attempt: $0.attempt, state: .pending, isFailure: true) })
            #expect(try await worker.claim(2).items.map(\.position) == [2, 3])
            // Too few lie ahead: the next claim begins at the front.
            #expect(try await worker.claim(2).items.map(\.position) == [4])
            #expect(try await worker.claim(2).items.map(\.position) == [0, 1])
            #expect(try await worker.claim(2).items.isEmpty)
        }
        withExtendedLifetime(database) {}
    }

    @Test func `frees what was claimed without the worker's hearing of it`() async throws {
        let (store, database, batch) = try await Self.filled(4)
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            _ = try await worker.claim(4)
            try await worker.release(keeping: [1, 3])
            #expect(try await worker.claim(4).items.map(\.position) == [0, 2])
        }
        withExtendedLifetime(database) {}
    }

    @Test func `skips what waits when it is cancelled, and what comes back later`() async throws {
        let (store, database, batch) = try await Self.filled(5)
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            let items = try await worker.claim(3).items
            try await store.cancel(batch)
            #expect(try await store.status(batch)?[.skipped] == 2)
            let back = ItemOutcome(position: items[0].position, attempt: items[0].attempt, state: .pending)
            _ = try await worker.complete([back, Self.done(items[1])])
            #expect(try await worker.claim(3).items.isEmpty)
        }
        let status = try #require(try await store.status(batch))
        #expect((status[.skipped], status[.done], status[.pending], status[.running]) == (4, 1, 0, 0))
        #expect(try await store.retry(batch, states: [.skipped]) == 4)
        withExtendedLifetime(database) {}
    }

    @Test func `keeps recordings until they have words`() async throws {
        let (store, database, batch) = try await Self.withRecording()
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            #expect(try await worker.claim(5).items.isEmpty)
            #expect(try await store.waitsForWordsOnly(batch))
            guard let claimed = try await worker.claimRecording() else {
                Issue.record("the recording was not found")
                return
            }
            try await BatchWorker.join(batch, of: store) { (other) async throws(StoreError) in
                #expect(try await other.claimRecording() == nil)
            }
            #expect(try await worker.setWords("who wrote this?", estimate: 0.5, of: claimed))
            #expect(try await !worker.setWords("late", estimate: nil, of: claimed))
            let item = try await worker.claim(5).items.first
            #expect(item?.prompt == "who wrote this?")
            #expect(item?.reserved == 0.5)
        }
        withExtendedLifetime(database) {}
    }

    @Test func `counts what calls may have cost that gave no answer`() async throws {
        let (store, database, batch) = try await Self.filled(3, maxCost: 0.10, estimate: 0.04)
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            let item = try await worker.claim(1).items[0]
            #expect(try await worker.reserve(0.05, for: item))
            #expect(try await !worker.reserve(0.02, for: item))
            let lost = ItemOutcome(
                position: item.position, attempt: item.attempt, state: .failed, error: "timed out", mayHaveCost: true)
            _ = try await worker.complete([lost])
            #expect(try await worker.claim(1).isOutOfMoney)
        }
        let status = try #require(try await store.status(batch))
        #expect(abs(status.unsettled - 0.09) < 1e-9)
        #expect(abs(status.reserved) < 1e-9)
        withExtendedLifetime(database) {}
    }

    @Test func `gives what waits its new price when the input is read again`() async throws {
        let (store, database, batch) = try await Self.filled(2, estimate: 0.01)
        _ = try await store.add(
            Self.items(["item0", "item1"], estimate: 0.5), to: batch, reading: UUID(), mayRepeatNames: false)
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            #expect(try await worker.claim(2).items.map(\.reserved) == [0.5, 0.5])
        }
        withExtendedLifetime(database) {}
    }

    @Test func `forgets a batch into which nothing was put, and no other`() async throws {
        let (store, database, batch) = try await Self.filled(1)
        let empty = try await store.open(name: "/empty", output: nil, settings: [:], maxCost: nil).id
        try await store.discardIfEmpty(empty)
        try await store.discardIfEmpty(batch)
        #expect(try await store.all().map(\.id) == [batch])
        withExtendedLifetime(database) {}
    }

    @Test func `gives back what a worker still has when it leaves`() async throws {
        let (store, database, batch) = try await Self.filled(3)
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            _ = try await worker.claim(2)
        }
        let status = try #require(try await store.status(batch))
        #expect((status[.pending], status[.running]) == (3, 0))
        withExtendedLifetime(database) {}
    }

    @Test func `reserves money before it is spent, and stops at the limit`() async throws {
        let (store, database, batch) = try await Self.filled(10, maxCost: 0.10, estimate: 0.03)
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            // The first goes alone: it shows what one costs.
            let first = try await worker.claim(10).items
            #expect(first.count == 1)
            #expect(try await worker.claim(10).items.isEmpty)
            _ = try await worker.complete([Self.done(first[0], cost: 0.01)])
            let items = try await worker.claim(10).items
            #expect(items.count == 3)
            let next = try await worker.claim(10)
            #expect(next.items.isEmpty && next.isOutOfMoney)
            _ = try await worker.complete(items.map { Self.done($0, cost: 0.04) })
            // What one has cost at most is reserved for the next: there is no room for that.
            #expect(try await worker.claim(10).isOutOfMoney)
        }
        let status = try #require(try await store.status(batch))
        #expect(abs(status.spent - 0.13) < 1e-9)
        #expect(abs(status.reserved) < 1e-9)
        withExtendedLifetime(database) {}
    }

    @Test func `gives nothing out while it is paused, and goes on after`() async throws {
        let (store, database, batch) = try await Self.filled(3)
        try await store.pause(batch, reason: "quota")
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            let claim = try await worker.claim(5)
            #expect(claim.items.isEmpty)
            #expect(claim.status.reason == "quota")
            try await store.reopen(batch)
            #expect(try await worker.claim(5).items.count == 3)
        }
        withExtendedLifetime(database) {}
    }

    @Test func `puts failed items back`() async throws {
        let (store, database, batch) = try await Self.filled(3)
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            let items = try await worker.claim(3).items
            _ = try await worker.complete(
                items.map { ItemOutcome(position: $0.position, attempt: $0.attempt, state: .failed, error: "no") })
        }
        #expect(try await store.retry(batch, states: [.failed]) == 3)
        #expect(try await store.status(batch)?[.pending] == 3)
        #expect(try await store.find("/prompts")?.id == batch)
        #expect(try await store.find(String(batch.uuidString.lowercased().prefix(13)))?.id == batch)
        withExtendedLifetime(database) {}
    }
}

extension TestDatabase {
    /// Ends the connection that holds the latest worker's lock, as the death of its process would.
    fileprivate func endLatestWorker() async throws(StoreError) {
        let url = connectionString
        let pool = PostgresPool(maxConnections: 1) { () async throws(PostgresError) in url }
        do throws(PostgresError) {
            try await pool.withConnection { connection async throws(PostgresError) in
                _ = try await connection.run(
                    PostgresStatement(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_locks
                        WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                            AND objid = (SELECT max(lock_key) FROM batch_workers)
                        """))
            }
        } catch {
            throw StoreError(.failed, error.message)
        }
    }
}
