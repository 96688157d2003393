import Assistant
import BatchQueue
import FoundationEssentials
import JSON
import Postgres
import Store
import Testing
import TestSupport

private typealias Queue = `The queue of a batch`

struct `The state of a batch` {
    @Test func `is not changed by a pause that comes after it was cancelled`() async throws {
        let (store, database, batch) = try await Queue.filled(1)
        try await store.cancel(batch)
        try await store.pause(batch, reason: "no credit")
        #expect(try await store.status(batch)?.state == .cancelled)
        withExtendedLifetime(database) {}
    }

    @Test func `counts as skipped all that waited when it was cancelled, however much`() async throws {
        let (store, database, batch) = try await Queue.filled(5_001)
        try await store.cancel(batch)
        let status = try #require(try await store.status(batch))
        #expect((status[.pending], status[.skipped]) == (0, 5_001))
        withExtendedLifetime(database) {}
    }

    @Test func `says whether results were written since items ended`() async throws {
        let (store, database, batch) = try await Queue.filled(2)
        #expect(try await store.status(batch)?.isWritten == false)
        let now = try #require(try await store.status(batch))
        try await store.noteWritten(batch, asOf: now.changedAt, to: nil)
        #expect(try await store.status(batch)?.isWritten == true)
        // Begun again, with nothing new.
        let opened = try await store.open(name: "/prompts", output: nil, settings: [:], maxCost: 3)
        #expect(opened.id == batch)
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            _ = try await worker.complete([Queue.done(try await worker.claim(1).items[0])])
        }
        #expect(try await store.status(batch)?.isWritten == false)
        withExtendedLifetime(database) {}
    }

    @Test func `has its results written anew to another place`() async throws {
        let (store, database) = try await Queue.make()
        let first = try await store.open(name: "/prompts", output: "/one", settings: [:], maxCost: nil)
        try await store.noteWritten(first.id, asOf: first.changedAt, to: "/one")
        let same = try await store.open(name: "/prompts", output: "/one", settings: [:], maxCost: nil)
        let other = try await store.open(name: "/prompts", output: "/two", settings: [:], maxCost: nil)
        #expect(same.isWritten && !other.isWritten)
        withExtendedLifetime(database) {}
    }

    @Test func `lets a person's retry begin anew, and a resume go on`() async throws {
        let (store, database, batch) = try await Queue.filled(1)
        let first = try await Self.fail(store, batch)
        #expect((first.attempt, first.firstAttempt) == (1, 1))
        #expect(try await store.retry(batch, states: [.failed]) == 1)
        let second = try await Self.fail(store, batch)
        #expect((second.attempt, second.firstAttempt) == (2, 2))
        withExtendedLifetime(database) {}
    }

    private static func fail(_ store: BatchStore, _ batch: UUID) async throws -> ClaimedItem {
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            let item = try await worker.claim(1).items[0]
            _ = try await worker.complete(
                [ItemOutcome(position: item.position, attempt: item.attempt, state: .failed, error: "no")])
            return item
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `is made beside somebody who reads all batches for a long time`() async throws {
        let (store, database, _) = try await Queue.filled(3)
        let reader = try await PostgresConnection.connect(to: database.connectionString)
        _ = try await reader.execute(script: "BEGIN; SELECT count(*) FROM batch_items")
        let other = try await store.open(name: "/others", output: nil, settings: [:], maxCost: nil)
        let added = try await store.add(
            Queue.items(["a"]), to: other.id, reading: UUID(), mayRepeatNames: false)
        #expect(added.added == 1)
        await reader.close()
        withExtendedLifetime(database) {}
    }

    @Test func `knows names by their bytes`() async throws {
        let (store, database, batch) = try await Queue.filled(0)
        let added = try await store.add(
            Queue.items(["caf\u{e9}", "cafe\u{301}"]), to: batch, reading: UUID(), mayRepeatNames: false)
        #expect(added.added == 2 && added.duplicates.isEmpty)
        withExtendedLifetime(database) {}
    }

    private static func giveUpAll(_ database: TestDatabase) async {
        do {
            let connection = try await PostgresConnection.connect(to: database.connectionString)
            _ = try await connection.execute(script: "DELETE FROM batch_workers")
            await connection.close()
        } catch {
            Issue.record(error)
        }
    }

    @Test func `gives recordings to no worker that was given up`() async throws {
        let (store, database, batch) = try await Queue.withRecording()
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            await Self.giveUpAll(database)
            #expect(try await worker.claimRecording() == nil)
        }
        #expect(try await store.status(batch)?[.pending] == 1)
        withExtendedLifetime(database) {}
    }

    @Test func `gives a recording again to the worker that did not hear of its claim`() async throws {
        let (store, database, batch) = try await Queue.withRecording()
        try await BatchWorker.join(batch, of: store) { (worker) async throws(StoreError) in
            #expect(try await worker.claimRecording()?.attempt == 1)
            #expect(try await worker.claimRecording()?.attempt == 2)
            #expect(try await store.status(batch)?[.running] == 1)
        }
        withExtendedLifetime(database) {}
    }
}
