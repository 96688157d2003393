internal import Application
internal import Assistant
internal import Concurrency
internal import FoundationEssentials
internal import JSON
internal import BatchQueue

/// What runs beside each other from joining to leaving.
extension BatchProcess {
    func work(
        as worker: BatchWorker, _ settings: JSON, _ ownStatus: WorkerStatus, _ reading: InputReader?,
        _ report: AsyncStream<[Int]>.Continuation
    ) async throws -> BatchEngine.Ending {
        ownStatus.begin(as: worker.id, transcribing: transcribes)
        try await reading?.begin(for: worker.id)
        let repositories = makeRepositories()
        // What cannot be opened here fails this worker, not one item after the other.
        _ = try await repositories.place(nil)
        return try await withThrowingTaskGroup(of: BatchEngine.Ending?.self) { group in
            defer { group.cancelAll() }
            try await addWork(worker, settings, repositories, ownStatus, report, to: &group)
            if transcribes {
                group.addTask {
                    try await words(worker, repositories, ownStatus)
                    return nil
                }
            }
            while let next = try await group.next() {
                if let next { return next }
            }
            return .stopped
        }
    }

    /// The work itself: calls, or files at an endpoint with a Batch API, or calls while such files are taken back.
    private func addWork(
        _ worker: BatchWorker, _ settings: JSON, _ repositories: RepositoryPool, _ ownStatus: WorkerStatus,
        _ report: AsyncStream<[Int]>.Continuation, to group: inout ThrowingTaskGroup<BatchEngine.Ending?, any Error>
    ) async throws {
        let work = BatchItemWork(
            context: context, store: store, plan: plan, worker: worker, repositories: repositories,
            ownStatus: ownStatus)
        let sends = plan.via != nil && !takesBackOnly
        let hasFiles = try await !batches.openRemoteBatches(of: worker.batch).isEmpty
        if sends || takesBackOnly || hasFiles {
            let remote = try remote(work, sends: sends, report)
            let isAll = sends || takesBackOnly
            group.addTask {
                let ending = try await remote.run()
                return isAll ? ending : nil
            }
        }
        if !sends, !takesBackOnly { group.addTask { try await engine(work, settings, report).run() } }
    }

    private func engine(
        _ work: BatchItemWork, _ settings: JSON, _ report: AsyncStream<[Int]>.Continuation
    ) -> BatchEngine {
        let ownStatus = work.ownStatus
        return BatchEngine(
            worker: work.worker, store: batches, settings: settings, bounds: plan.bounds, lease: .seconds(plan.lease),
            stop: stop.signal, moreComes: { ownStatus.moreComes }, observe: { observe($0, report, ownStatus) },
            carryOut: { await work.carryOut($0, through: $1) })
    }

    func observe(_ event: WorkEvent, _ report: AsyncStream<[Int]>.Continuation, _ ownStatus: WorkerStatus) {
        switch event {
        case .started(let item): tracker.started(item.name)
        case .ended(let item, _): tracker.ended(item.name)
        case .stored(let outcomes):
            let final = outcomes.filter(\.state.isFinal).map(\.position)
            if !final.isEmpty { report.yield(final) }
        case .status(let status, let workers):
            ownStatus.note(status)
            tracker.update(status, workers: workers)
        case .refused(let positions):
            context.reporter.notice("\(positions.count) results came too late: others have these items now")
        case .troubled(let trouble):
            context.reporter.notice("\(trouble.message) Nothing is answered at the moment; it is tried again.")
        case .gaveUp(let trouble): ownStatus.note(block: trouble.kind == .limit ? .limitReached : .endpointUnavailable)
        case .storeAway(let message): context.reporter.notice("\(message) The work waits for it.")
        }
    }

    // MARK: What goes in and comes out

    private func words(_ worker: BatchWorker, _ repositories: RepositoryPool, _ ownStatus: WorkerStatus) async throws {
        defer { ownStatus.endTranscribing() }
        let words = RecordingTranscriber(
            context: context, plan: plan, worker: worker, store: batches, estimate: try await estimate(repositories),
            ownStatus: ownStatus, stop: stop.signal
        ) { recording in await write([recording.position], of: worker.batch) }
        do {
            try await words.run()
        } catch is CancellationError {
            // The work has ended first.
        }
    }

    func write(_ stored: AsyncStream<[Int]>, of batch: UUID) async {
        for await positions in stored { await write(positions, of: batch) }
    }

    /// From the store, so that files say what exports say. What fails here is written by the last pass.
    private func write(_ positions: [Int], of batch: UUID) async {
        guard let items = try? await batches.items(of: batch, at: positions) else { return }
        for item in items where item.state.isFinal { tracker.ended(item) }
        await results?.write(items)
    }
}
