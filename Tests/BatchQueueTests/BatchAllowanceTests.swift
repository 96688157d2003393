import Assistant
import BatchQueue
import FoundationEssentials
import JSON
import Postgres
import Store
import Testing
import TestSupport

struct `What a batch allows so many times` {
    private static let allowance = #"["docs","file_create",["*"],["docs/**"]]"#

    @Test func `is counted over all its workers`() async throws {
        let (store, database, batch) = try await `The queue of a batch`.filled(40)
        let taken = try await BatchWorker.join(batch, of: store) { (one) async throws(StoreError) in
            try await BatchWorker.join(batch, of: store) { (two) async throws(StoreError) in
                let items = [try await one.claim(20).items, try await two.claim(20).items]
                return await withTaskGroup(of: Bool?.self) { group in
                    for (worker, items) in zip([one, two], items) {
                        for item in items {
                            group.addTask { try? await worker.use(Self.allowance, atMost: 5, for: item) }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
            }
        }
        #expect(taken.filter { $0 == true }.count == 5)
        #expect(taken.filter { $0 == false }.count == 35)
        withExtendedLifetime(database) {}
    }

    @Test func `stays used when workers come anew and the items are put back`() async throws {
        let (store, database, batch) = try await `The queue of a batch`.filled(2)
        func work(atMost most: Int) async throws -> [Bool] {
            try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
                var taken: [Bool] = []
                let items = try await worker.claim(2).items
                for item in items { taken.append(try await worker.use(Self.allowance, atMost: most, for: item)) }
                _ = try await worker.complete(
                    items.map { ItemOutcome(position: $0.position, attempt: $0.attempt, state: .parked) })
                return taken
            }
        }
        #expect(try await work(atMost: 1) == [true, false])
        #expect(try await store.retry(batch, states: [.parked]) == 2)
        #expect(try await work(atMost: 1) == [false, false])
        // Who allows more allows the difference.
        #expect(try await store.retry(batch, states: [.parked]) == 2)
        #expect(try await work(atMost: 2) == [true, false])
        withExtendedLifetime(database) {}
    }

    @Test func `is counted apart for each allowance and each batch`() async throws {
        let (store, database, batch) = try await `The queue of a batch`.filled(1)
        let other = try await store.open(name: "/others", output: nil, settings: [:], maxCost: nil).id
        _ = try await store.add(
            `The queue of a batch`.items(["a"]), to: other, reading: UUID(), mayRepeatNames: false)
        for batch in [batch, other] {
            try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
                let item = try await worker.claim(1).items[0]
                #expect(try await worker.use(Self.allowance, atMost: 1, for: item))
                #expect(try await worker.use("another", atMost: 1, for: item))
                #expect(try await !worker.use(Self.allowance, atMost: 1, for: item))
            }
        }
        withExtendedLifetime(database) {}
    }

    @Test func `is not for who has lost the item`() async throws {
        let (store, database, batch) = try await `The queue of a batch`.filled(1)
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            let lost = try await worker.claim(1).items[0]
            try await worker.release(keeping: [])
            let held = try await worker.claim(1).items[0]
            let error = await #expect(throws: StoreError.self) {
                try await worker.use(Self.allowance, atMost: 1, for: lost)
            }
            #expect(error?.kind == .fenced)
            #expect(try await worker.use(Self.allowance, atMost: 1, for: held))
        }
        withExtendedLifetime(database) {}
    }
}
