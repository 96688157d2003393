import Assistant
import FoundationEssentials
import JSON
import Postgres
import Store
import Testing
import TestSupport

@testable import BatchQueue

struct `The driver of remote batches` {
    static func places(_ candidates: [BatchAPICandidate], cost: Double = 0) -> [BatchAPIPlace] {
        candidates.map { BatchAPIPlace(position: $0.position, attempt: $0.attempt, cost: cost, bytes: 10) }
    }

    /// A remote batch with these items in it.
    static func filled(
        _ driver: BatchAPIDriver, most: Int = 100, cost: Double = 0
    ) async throws -> StoredAPIBatch {
        var remote = try await driver.open(model: "m", endpoint: "host")
        let waiting = try await driver.candidates(from: 0, model: "m", usual: "m", most: most)
        let claim = try await driver.claim(places(waiting, cost: cost), into: remote.id)
        remote.lines = claim.count
        return remote
    }

    @Test func `takes items in order, by model, and leaves them to nobody else`() async throws {
        let (store, database) = try await `The queue of a batch`.make()
        let batch = try await store.open(name: "/prompts", output: nil, settings: [:], maxCost: nil)
        var items = `The queue of a batch`.items(["a", "b", "c", "d"])
        items[1].options = ItemOptions(model: "other")
        _ = try await store.add(items, to: batch.id, reading: UUID(), mayRepeatNames: false)
        let counted = try await BatchAPIDriver.drive(batch.id, of: store) { driver in
            let remote = try await Self.filled(driver)
            #expect(remote.lines == 3)
            let inside = try await driver.items(in: remote.id, from: 1, most: 10)
            #expect(inside.map(\.line) == [1, 2, 3])
            #expect(inside.map(\.item.name) == ["a", "c", "d"])
            #expect(inside.map(\.item.attempt) == [1, 1, 1])
            #expect(try await driver.items(in: remote.id, at: [0, 1, 3]).map(\.item.name) == ["a", "d"])
            #expect(try await driver.candidates(from: 0, model: nil, usual: "m", most: 10).map(\.position) == [1])
            let claimed = try await BatchWorker.join(batch.id, of: store) { (worker) async throws(StoreError) in
                _ = try await worker.beat()
                return try await worker.claim(10).items.map(\.name)
            }
            #expect(claimed == ["b"])
            return try await driver.takeOver().map(\.lines)
        }
        #expect(counted == [3])
        #expect(try await store.status(batch.id)?[.running] == 3)
        withExtendedLifetime(database) {}
    }

    @Test(arguments: [BatchAPILeftovers.again(isFailure: true, most: 4), .failed, .skipped])
    func `leaves to a worker what it has claimed since`(leftovers: BatchAPILeftovers) async throws {
        let (store, database, batch) = try await `The queue of a batch`.filled(2)
        _ = try await BatchAPIDriver.drive(batch, of: store) { driver in
            let remote = try await Self.filled(driver)
            let back = try await driver.items(in: remote.id, from: 1, most: 1)[0].item
            _ = try await driver.complete(
                [ItemOutcome(position: back.position, attempt: back.attempt, state: .pending)], in: remote.id)
            try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
                let item = try await worker.claim(5).items[0]
                #expect(item.position == back.position)
                _ = try await driver.close(remote, leftovers, reason: "it is over", mayHaveCost: false)
                #expect(try await worker.complete([`The queue of a batch`.done(item)]).isEmpty)
            }
            return true
        }
        #expect(try await store.status(batch)?[.done] == 1)
        withExtendedLifetime(database) {}
    }

    @Test func `is alone, and fenced when it lost the wheel`() async throws {
        let (store, database, batch) = try await `The queue of a batch`.filled(2)
        _ = try await BatchAPIDriver.drive(batch, of: store) { first in
            var remote = try await Self.filled(first)
            #expect(try await BatchAPIDriver.drive(batch, of: store) { _ in true } == nil)
            try await database.endDrivers()
            let error = await #expect(throws: StoreError.self) { try await first.check() }
            #expect(error?.kind == .unavailable)
            _ = try await BatchAPIDriver.drive(batch, of: store) { second in
                let states = try await second.takeOver().map(\.state)
                #expect(states == [.filling])
            }
            remote.state = .filled
            let fenced = await #expect(throws: StoreError.self) { try await first.store(remote, after: .filling) }
            #expect(fenced?.kind == .fenced)
            await #expect(throws: StoreError.self) {
                try await first.close(remote, .skipped, reason: "", mayHaveCost: false)
            }
            await #expect(throws: StoreError.self) {
                try await first.claim([BatchAPIPlace(position: 0, attempt: 0, cost: 0, bytes: 0)], into: remote.id)
            }
        }
        #expect(try await store.status(batch)?[.running] == 2)
        withExtendedLifetime(database) {}
    }

    @Test func `stores what came of a line once, and only under its attempt`() async throws {
        let (store, database, batch) = try await `The queue of a batch`.filled(3)
        _ = try await BatchAPIDriver.drive(batch, of: store) { driver in
            let remote = try await Self.filled(driver)
            let done = ItemOutcome(
                position: 0, attempt: 1, state: .done, answer: "yes", inputTokens: 3, outputTokens: 2, cost: 0.5)
            let old = ItemOutcome(position: 1, attempt: 0, state: .done, answer: "late")
            #expect(try await driver.complete([done, old], in: remote.id) == [1])
            #expect(try await driver.complete([done], in: remote.id) == [0])
            #expect(try await driver.complete([done], in: UUID()) == [0])
            // Changed in the input meanwhile.
            _ = try await store.add(
                `The queue of a batch`.items(["item2"], content: "new"), to: batch, reading: UUID(),
                mayRepeatNames: false)
            let stale = ItemOutcome(position: 2, attempt: 1, state: .done, answer: "to the old question")
            #expect(try await driver.complete([stale], in: remote.id) == [2])
        }
        let status = try #require(try await store.status(batch))
        #expect((status[.done], status[.running], status[.pending]) == (1, 1, 1))
        #expect(status.spent == 0.5)
        withExtendedLifetime(database) {}
    }

    @Test func `claims what the money reaches, and frees it with the batch`() async throws {
        let (store, database, batch) = try await `The queue of a batch`.filled(10, maxCost: 0.10)
        _ = try await BatchAPIDriver.drive(batch, of: store) { driver in
            var remote = try await driver.open(model: "m", endpoint: "host")
            let waiting = try await driver.candidates(from: 0, model: nil, usual: "m", most: 10)
            let claim = try await driver.claim(Self.places(waiting, cost: 0.03), into: remote.id)
            #expect(claim.count == 3 && claim.isOutOfMoney)
            #expect(try await driver.claim(Self.places(waiting, cost: 0.03), into: remote.id).count == 0)
            let reserved = try await store.status(batch)?.reserved ?? 0
            #expect(abs(reserved - 0.09) < 1e-9)
            remote.state = .filling
            let done = ItemOutcome(position: 0, attempt: 1, state: .done, answer: "x", cost: 0.01)
            #expect(try await driver.complete([done], in: remote.id).isEmpty)
            let ended = try await driver.close(
                remote, .again(isFailure: true, most: 4), reason: "late", mayHaveCost: true)
            #expect(ended.isEmpty)
        }
        let status = try #require(try await store.status(batch))
        #expect(abs(status.spent - 0.01) < 1e-9)
        #expect(abs(status.reserved) < 1e-9)
        #expect(abs(status.unsettled - 0.06) < 1e-9)
        #expect(status[.pending] == 9)
        withExtendedLifetime(database) {}
    }

    @Test(arguments: [
        (BatchAPILeftovers.again(isFailure: true, most: 2), [BatchItemState.pending, .failed]),
        (.again(isFailure: false, most: 1), [.pending, .pending, .pending]), (.failed, [.failed]),
        (.skipped, [.skipped]),
    ]) func `puts back, fails or skips what got no line`(leftovers: BatchAPILeftovers, states: [BatchItemState])
        async throws
    {
        let (store, database, batch) = try await `The queue of a batch`.filled(1)
        for state in states {
            _ = try await BatchAPIDriver.drive(batch, of: store) { driver in
                let remote = try await Self.filled(driver)
                let ended = try await driver.close(remote, leftovers, reason: "because", mayHaveCost: false)
                #expect(ended.map(\.state) == (state == .pending ? [] : [state]))
                #expect(try await driver.takeOver().isEmpty)
            }
            let status = try #require(try await store.status(batch))
            #expect(status[state] == 1 && status.total == 1)
            let item = try #require(try await store.items(of: batch, from: 0).first)
            #expect(item.state == state && item.error == "because")
        }
        #expect(try await store.openAPIBatches(of: batch).isEmpty)
        withExtendedLifetime(database) {}
    }

    @Test func `fails lines by their numbers, also after some were left out`() async throws {
        let (store, database, batch) = try await `The queue of a batch`.filled(4)
        _ = try await BatchAPIDriver.drive(batch, of: store) { driver in
            let remote = try await Self.filled(driver)
            let unsendable = ItemOutcome(position: 0, attempt: 1, state: .failed, error: "unsendable")
            _ = try await driver.complete([unsendable], in: remote.id)
            try await driver.renumber(remote.id)
            #expect(try await driver.fail([2: "broken", 9: "nobody"], in: remote.id).map(\.position) == [2])
        }
        let items = try await store.items(of: batch, from: 0)
        #expect(items.map(\.error) == ["unsendable", nil, "broken", nil])
        #expect(items.map(\.state) == [.failed, .running, .failed, .running])
        withExtendedLifetime(database) {}
    }

    @Test func `reads pages that stay small, whatever prompts are`() async throws {
        let (store, database, batch) = try await `The queue of a batch`.filled(10)
        // Each prompt has seven bytes.
        _ = try await BatchAPIDriver.drive(batch, of: store, pageBytes: 21) { driver in
            let page = try await driver.candidates(from: 0, model: nil, usual: "m", most: 10)
            #expect(page.map(\.position) == [0, 1, 2])
            let remote = try await Self.filled(driver)
            #expect(remote.lines == 3)
            #expect(
                try await driver.candidates(from: 0, model: nil, usual: "m", most: 10).map(\.position) == [3, 4, 5])
            #expect(try await driver.items(in: remote.id, at: [0, 1, 2]).count == 3)
        }
        _ = try await BatchAPIDriver.drive(batch, of: store, pageBytes: 1) { driver in
            #expect(try await driver.candidates(from: 4, model: nil, usual: "m", most: 10).map(\.position) == [4])
            let remote = try #require(try await driver.takeOver().first)
            #expect(try await driver.items(in: remote.id, at: [1, 2]).map(\.line) == [2])
        }
        withExtendedLifetime(database) {}
    }
}

extension TestDatabase {
    /// Ends the connections that hold the wheel, as the death of their processes would.
    fileprivate func endDrivers() async throws {
        let connection = try await PostgresConnection.connect(to: connectionString)
        _ = try await connection.run(
            PostgresStatement(
                """
                SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """))
        await connection.close()
    }
}
