package import Application
internal import Files
internal import FoundationEssentials
internal import BatchQueue
internal import Memory
internal import Redaction
internal import Settings

/// What can be done with batches; the way in for every front door.
package struct Batches: Sendable {
    let context: Context
    let stop: StopRequest
    let observe: @Sendable (BatchEvent) -> Void

    /// Who makes `stop` wants what is in flight to end, and nothing new to be begun; `observe` is told how a batch goes
    /// while it goes.
    package init(
        context: Context, stop: StopRequest = .current, observe: @escaping @Sendable (BatchEvent) -> Void = { _ in }
    ) {
        self.context = context
        self.stop = stop
        self.observe = observe
    }

    // MARK: How they stand

    /// The latest first.
    package func all() async throws -> [BatchOverview] {
        try await context.withStore { try await $0.batches(of: context).all().map(BatchOverview.init) }
    }

    package func detail(of name: String) async throws -> BatchDetail {
        try await context.withStore { store in
            let batches = store.batches(of: context)
            let status = try await context.batch(name, in: batches)
            return BatchDetail(
                status, workers: try await batches.workers(of: status.id),
                remote: try await batches.openAPIBatches(of: status.id),
                troubled: try await batches.troubled(status.id, limit: 20),
                waitingForEmbedding: try await store.memory.waitingForEmbedding(
                    ofRuns: BatchStore.runsOfBatch, status.id))
        }
    }

    // MARK: Putting back and ending

    /// Puts items back that ended so, and gives their number. Nothing is sent.
    package func retry(
        _ name: String, failed: Bool, parked: Bool = false, skipped: Bool = false
    ) async throws -> Int {
        var states: [BatchItemState] = failed ? [.failed] : []
        if parked { states.append(.parked) }
        if skipped { states.append(.skipped) }
        return try await context.withStore { store in
            let batches = store.batches(of: context)
            return try await batches.retry(try await context.batch(name, in: batches).id, states: states)
        }
    }

    /// Begins nothing new of a batch. What is at an endpoint with a Batch API is cancelled there, and what was answered
    /// is taken.
    package func cancel(_ name: String) async throws -> BatchOverview {
        try await context.withStore { store in
            let batches = store.batches(of: context)
            let status = try await context.batch(name, in: batches)
            try await batches.cancel(status.id)
            if try await !batches.openAPIBatches(of: status.id).isEmpty {
                context.reporter.notice(
                    "prompts at the endpoint are cancelled there, and what is answered is taken, which may last minutes; "
                        + "Ctrl-C leaves that to another `vocero batch cancel`")
                let files = try status.output.map { try ResultFiles(directory: $0, input: nil) }
                try await session(store, BatchPlan(json: status.settings)).takeBack(status, files: files)
            }
            return BatchOverview(try await batches.status(status.id) ?? status)
        }
    }

    func session(_ store: OpenStore, _ plan: BatchPlan) -> BatchSession {
        BatchSession(context: context, store: store, plan: plan, stop: stop, observe: observe)
    }
}

extension OpenStore {
    func batches(of context: Context) -> BatchStore {
        let redactor = context.redactor
        return BatchStore(pool: pool, user: context.settings.user, redact: { redactor.redacted($0) })
    }
}

extension Context {
    /// The batch that a person means: by its name, by the path of its prompts, or by the beginning of its id.
    func batch(_ text: String, in batches: BatchStore) async throws -> BatchStatus {
        guard !text.isEmpty else { throw Failure(.usage, "the name of the batch is empty") }
        if let found = try await batches.find(text) { return found }
        let path = absolute(text)
        if let found = try await batches.find(path) { return found }
        if let resolved = try? FileSystem.realPath(path), let found = try await batches.find(resolved) { return found }
        throw Failure(
            .noInput, "there is no batch \(text), or several begin so; `vocero batch status` lists them")
    }
}
