internal import Assistant
internal import Concurrency
package import FoundationEssentials
internal import JSON
internal import Postgres
package import Store

/// One process that works on one batch: it claims items in groups, sends what came of them in groups, and takes over
/// what the dead have left.
package struct BatchWorker: Sendable {
    package let id: UUID
    package let batch: UUID
    let store: BatchStore
    private let seat: WorkerConnection
    private let mark = ClaimCursor()

    /// Registers a worker, holds its lock for as long as `body` runs, and leaves: what it still had goes back.
    /// `lease`: how long a worker may be silent that still seems to live.
    package static func join<Value: Sendable>(
        _ batch: UUID, of store: BatchStore, lease: Duration = .seconds(60),
        _ body: @Sendable (BatchWorker) async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let id = UUID.timeOrdered()
        let seat = WorkerConnection(store: store, batch: batch, worker: id, lease: lease)
        let worker = BatchWorker(id: id, batch: batch, store: store, seat: seat)
        try await seat.take()
        let result: Result<Value, StoreError>
        do throws(StoreError) {
            result = .success(try await body(worker))
        } catch {
            result = .failure(error)
        }
        // Whoever failed does not know which of its calls were answered.
        let isUnsettled = if case .failure = result { true } else { false }
        await shielded { () async in
            do throws(StoreError) {
                try await store.run(
                    WorkerStatements.leave(id, batch, unsettled: isUnsettled), while: "the worker left the batch")
            } catch {
                // The others see that its lock is free and do it.
            }
            await seat.letGo()
        }
        return try result.get()
    }

    static var givenUp: StoreError {
        StoreError(.fenced, "This worker was silent for too long; others have its items now.")
    }

    // MARK: Claims

    /// Claims up to `most` items, in order, as far as the money reaches.
    package func claim(_ most: Int) async throws(StoreError) -> BatchClaim {
        let position = mark.position(at: .now)
        let claim = try await claim(most, from: position)
        mark.note(claim.items.count < most ? nil : claim.items.last?.position)
        // What was put back lies before the mark.
        guard claim.items.isEmpty, position > 0 else { return claim }
        return try await self.claim(most, from: 0)
    }

    private func claim(_ most: Int, from position: Int) async throws(StoreError) -> BatchClaim {
        let doing = "items were claimed"
        let rows = try await store.rows(
            PostgresStatement(
                WorkerStatements.claim,
                [.uuid(batch), .uuid(id), .int8(Int64(most)), .int8(Int64(position))]), while: doing)
        guard let first = rows.first else { throw Self.givenUp }
        var items: [ClaimedItem] = []
        for row in rows {
            let reader = RowReader(row, while: doing)
            guard let position = try reader.optionalInteger("position") else { continue }
            items.append(
                ClaimedItem(
                    position: position, name: try reader.text("item_name"), attempt: try reader.integer("attempt"),
                    firstAttempt: try reader.integer("first_attempt"), prompt: try reader.text("prompt"),
                    options: try BatchStore.options(reader), reserved: try reader.double("item_reserved_usd"),
                    failures: try reader.integer("failures")))
        }
        let reader = RowReader(first, while: doing)
        return BatchClaim(
            items: items, status: try BatchStatus(reader),
            isOutOfMoney: try reader.bool("has_more") && items.isEmpty)
    }

    /// Reserves more money for an item. False: the batch has no more to give, or the item is not this worker's.
    package func reserve(_ dollars: Double, for item: ClaimedItem) async throws(StoreError) -> Bool {
        let statement = PostgresStatement(
            WorkerStatements.reserve,
            [.uuid(batch), .int8(Int64(item.position)), .int4(Int32(item.attempt)), .uuid(id), .float8(dollars)])
        return try await !store.rows(statement, while: "money was reserved").isEmpty
    }

    /// What is reserved for all items in flight, in US dollars.
    package func reserved() async throws(StoreError) -> Double {
        try await store.status(batch)?.reserved ?? 0
    }

    /// Gives back what this worker has claimed without having heard of it, but for recordings: ``claimRecording()``
    /// finds its own again.
    package func release(keeping known: [Int]) async throws(StoreError) {
        try await store.run(
            WorkerStatements.giveBack(of: id, batch, keeping: known, andRecordings: false, unsettled: false),
            while: "lost claims were given back")
        mark.note(nil)
    }

    // MARK: Outcomes

    /// Stores what came of items. Gives back the positions that are not this worker's any more: their outcomes are
    /// refused.
    package func complete(_ outcomes: [ItemOutcome]) async throws(StoreError) -> Set<Int> {
        guard !outcomes.isEmpty else { return [] }
        let doing = "outcomes were stored"
        let rows = try await store.rows(
            PostgresStatement(
                WorkerStatements.completion, store.parameters(of: outcomes, in: batch, heldBy: id)), while: doing)
        var refused = Set(outcomes.map(\.position))
        for row in rows { refused.remove(try RowReader(row, while: doing).integer("position")) }
        return refused
    }

    // MARK: Life

    /// Says that this worker lives, and puts back what workers have left whose lock is free, or who were silent for
    /// longer than the lease.
    ///
    /// Errors: `fenced` when this worker was given up by the others; `unavailable` while the store is away.
    package func beat() async throws(StoreError) -> WorkerReport { try await seat.beat() }

    /// Sleeps until something changes in a batch (items came, it was paused or goes on), at most so long.
    package func rest(atMost limit: Duration) async {
        if await seat.rest(atMost: limit) { mark.note(nil) }
    }
}

extension BatchStore {
    /// Of ``WorkerStatements/completion``.
    func parameters(of outcomes: [ItemOutcome], in batch: UUID, heldBy holder: UUID) -> [PostgresValue] {
        let texts = { (value: (ItemOutcome) -> String?) -> PostgresValue in
            .textArray(outcomes.map { value($0).map { StorableText.visible(redact($0)) } ?? "" })
        }
        return [
            .uuid(batch), .uuid(holder), .int8Array(outcomes.map { Int64($0.position) }),
            .int8Array(outcomes.map { Int64($0.attempt) }), .textArray(outcomes.map(\.state.rawValue)),
            .int8Array(outcomes.map { $0.wait.map { Int64($0.milliseconds) } ?? -1 }),
            texts(\.answer), .int8Array(outcomes.map { $0.answer == nil ? 0 : 1 }), texts(\.error),
            .textArray(outcomes.map { $0.run?.uuidString ?? "" }), texts(\.model),
            .int8Array(outcomes.map { Int64($0.inputTokens) }), .int8Array(outcomes.map { Int64($0.outputTokens) }),
            .textArray(outcomes.map { $0.cost.map { "\($0)" } ?? "" }), .textArray(outcomes.map(\.tools.description)),
            .int8Array(outcomes.map { $0.mayHaveCost ? 1 : 0 }), .int8Array(outcomes.map { $0.isFailure ? 1 : 0 }),
        ]
    }
}
