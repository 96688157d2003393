internal import Store
package import Application
internal import Assistant
internal import FoundationEssentials
internal import BatchQueue
internal import Memory
internal import Settings

extension Batches {
    /// Helps with a batch, or with all that are open; `waits`: for ever, woken when there is something to do. `deliver` is
    /// given the ending of each. Gives back the gravest of what is not as it should be; nil when nothing is.
    package func help(
        with name: String?, waits: Bool, deliver: (BatchEnding) throws -> Void = { _ in }
    ) async throws -> Failure.Kind? {
        try await context.withStore { store in
            var helper = BatchHelper(batches: self, store: store, name: name)
            return try await helper.run(waits: waits, deliver)
        }
    }
}

/// One process's help with batches that others have begun.
private struct BatchHelper {
    let batches: Batches
    let store: OpenStore
    let name: String?
    /// Batches that could not go on, as they were then: they are left until they change.
    var stuck: [UUID: Date] = [:]
    /// How the last work on each has ended.
    var ended: [UUID: Failure.Kind?] = [:]

    init(batches: Batches, store: OpenStore, name: String?) {
        self.batches = batches
        self.store = store
        self.name = name
    }

    private var context: Context { batches.context }
    private var queue: BatchStore { store.batches(of: context) }

    mutating func run(waits: Bool, _ deliver: (BatchEnding) throws -> Void) async throws -> Failure.Kind? {
        let changes = BatchChanges(of: queue)
        var hasWaited = false
        while !Task.isCancelled, !batches.stop.wasMade {
            if let next = try await next() {
                let failure = try await work(on: next, deliver)
                ended[next.id] = .some(failure)
                if failure == .interrupted { break }
                if failure != nil { stuck[next.id] = try await queue.status(next.id)?.latestChange }
                continue
            }
            guard waits else { break }
            if !hasWaited { context.reporter.notice("waiting for work of \(context.settings.user)") }
            hasWaited = true
            batches.stop.cancelsWhenMade()
            try await waitingForStore { (_) async throws(StoreError) in try await changes.next(atMost: .seconds(30)) }
        }
        await changes.close()
        if ended.isEmpty, !waits { context.reporter.notice(try await nothingToDo()) }
        let failures = ended.values.compactMap(\.self)
        return Self.byWeight.first { failures.contains($0) } ?? failures.first
    }

    /// Of several batches the gravest ending is that of all.
    private static let byWeight: [Failure.Kind] = [
        .interrupted, .storeUnavailable, .failed, .limitReached, .approvalNeeded,
    ]

    private func nothingToDo() async throws -> String {
        guard let name else { return "there is nothing to do" }
        let batch = BatchOverview(try await context.batch(name, in: queue))
        let reason = batch.reason.map { ": \($0)" } ?? ""
        return "there is nothing to do: the batch is \(batch.stateText)\(reason)"
    }

    private func work(
        on next: BatchStatus, _ deliver: (BatchEnding) throws -> Void
    ) async throws -> Failure.Kind? {
        do {
            return try await batches.session(store, BatchPlan(json: next.settings))
                .run(next, input: nil, files: nil, deliver).failure
        } catch let failure as Failure where name == nil {
            // What cannot be done here is no reason to leave the others.
            context.reporter.fail(failure)
            return failure.kind
        }
    }

    /// The batch that was named, or the one that has been open the longest, where there is something to do.
    private func next() async throws -> BatchStatus? {
        let isPossible = { (status: BatchStatus) in
            status.state == .open && stuck[status.id].map { $0 != status.latestChange } ?? true
        }
        let isWaiting = { (status: BatchStatus) in status.isReading || status[.pending] > 0 }
        let candidates =
            if let name {
                [try await context.batch(name, in: queue)].filter(isPossible)
            } else {
                // What goes through a Batch API needs one process, and that one waits for a day.
                try await queue.all(limit: 1_000).filter { isPossible($0) && BatchPlan(json: $0.settings).via == nil }
                    .sorted { $0.createdAt < $1.createdAt }
            }
        if let next = candidates.first(where: isWaiting) { return next }
        // What the living have in flight they end themselves.
        for candidate in candidates where candidate[.running] > 0 {
            if try await queue.hasDeadWorkers(candidate.id) { return candidate }
        }
        return nil
    }
}
