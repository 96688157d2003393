internal import Store
package import Assistant
package import BatchQueue
package import Concurrency
package import OpenAI

/// Works on a batch through an endpoint's Batch API: prompts go there in files, answers come back within a day, at a lower
/// price. What is there is kept in the store, so that any later process goes on where this one has stopped.
package struct BatchAPIWorker: Sendable {
    package struct Options: Sendable, Hashable {
        /// What an endpoint takes in one file.
        package var mostLines = 50_000
        /// A little below what an endpoint takes in one file.
        package var mostBytes = 190_000_000
        /// Between two looks at the endpoint: the first, and what it grows to.
        package var firstWait = Duration.seconds(5)
        package var longestWait = Duration.seconds(60)
        /// An endpoint or a store that fails for longer is given up.
        package var patience = Duration.seconds(600)
        /// Prompts that wait are sent; otherwise only what is at the endpoint is taken back.
        package var sends = true

        package init() {}
    }

    /// What a person may want to know.
    package enum Notice: Sendable, Hashable {
        case said(String)
        /// Soon replaced by the next.
        case progress(String)
    }

    let worker: BatchWorker
    let store: BatchStore
    let client: OpenAIClient
    let turns: BatchAPITurns
    /// Where files are written before they are sent.
    let directory: String
    let options: Options
    let stop: StopSignal
    let moreComes: @Sendable () -> Bool
    let observe: @Sendable (WorkEvent) async -> Void
    let tell: @Sendable (Notice) -> Void
    let blocked: @Sendable (EngineError) -> Void

    /// `directory` is for files that are being sent, made when it is not there. `stop` and `moreComes` (this
    /// process still puts items in) are asked between steps; what is at the endpoint when it stops stays there, for a later
    /// run. `blocked` is told of the refusal that has paused the batch.
    package init(
        worker: BatchWorker, store: BatchStore, client: OpenAIClient, turns: BatchAPITurns, directory: String,
        options: Options = Options(), stop: StopSignal = StopSignal(),
        moreComes: @escaping @Sendable () -> Bool = { false },
        observe: @escaping @Sendable (WorkEvent) async -> Void = { _ in },
        tell: @escaping @Sendable (Notice) -> Void = { _ in },
        blocked: @escaping @Sendable (EngineError) -> Void = { _ in }
    ) {
        self.worker = worker
        self.store = store
        self.client = client
        self.turns = turns
        self.directory = directory
        self.options = options
        self.stop = stop
        self.moreComes = moreComes
        self.observe = observe
        self.tell = tell
        self.blocked = blocked
    }

    /// Works until nothing is left, or until a reason to stop. Of a batch that is cancelled, what is at the endpoint is
    /// cancelled, too, and its finished lines are taken. Where another process does so already, waits for it.
    ///
    /// Errors: ``EngineError`` when the endpoint fails for too long or is not the one that has the prompts;
    /// `StoreError` as ``BatchEngine/run()``.
    package func run() async throws -> BatchEngine.Ending {
        try await withThrowingTaskGroup(of: BatchEngine.Ending?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await drive() }
            // A file on its way may take longer than a worker may be silent.
            group.addTask {
                while !Task.isCancelled {
                    try? await Task.sleep(for: .seconds(5))
                    _ = try? await worker.beat()
                }
                return nil
            }
            while let next = try await group.next() {
                if let next { return next }
            }
            return .stopped
        }
    }

    private func drive() async throws -> BatchEngine.Ending {
        var awaySince: ContinuousClock.Instant?
        var hasSaidOther = false
        while true {
            do {
                let ending = try await BatchAPIDriver.drive(worker.batch, of: store) { driver in
                    var loop = BatchAPILoop(work: self, driver: driver)
                    return try await loop.run()
                }
                if let ending { return ending }
                awaySince = nil
                if !hasSaidOther { tell(.said("another process looks after the prompts at \(client.endpoint.host)")) }
                hasSaidOther = true
                if let ending = try await watch() { return ending }
            } catch let error as StoreError where error.kind == .unavailable && !Task.isCancelled {
                let since = awaySince ?? .now
                if awaySince == nil { await observe(.storeAway(error.message)) }
                awaySince = since
                guard .now - since < options.patience else { throw error }
                try await Task.sleep(for: .milliseconds(500))
            } catch  where Task.isCancelled {
                return .stopped
            }
        }
    }

    /// While another process drives.
    private func watch() async throws -> BatchEngine.Ending? {
        if stop.isMade { return .stopped }
        let report = try await worker.beat()
        await observe(.status(report.status, workers: report.workers))
        switch report.status.state {
        case .paused: return .paused(report.status.reason ?? "")
        case .cancelled where report.status[.running] == 0: return .cancelled
        case .cancelled: break
        case .open: if report.status.isFinished { return .finished }
        }
        await worker.rest(atMost: min(.seconds(1), options.longestWait))
        return nil
    }
}
