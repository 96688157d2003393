internal import Store
internal import Application
internal import Assistant
internal import Concurrency
internal import FoundationEssentials
internal import JSON
internal import BatchQueue
internal import Memory
internal import Settings

/// One process's part in a batch: it joins, takes in what there is to read, transcribes, works, and writes results.
struct BatchProcess: Sendable {
    let context: Context
    let store: OpenStore
    let batches: BatchStore
    var plan: BatchPlan
    let tracker: BatchTracker
    let stop: StopRequest
    /// Nil: others read, or everything was read.
    var input: BatchInput?
    /// Recordings are transcribed here, where their files are.
    var transcribes = true
    var results: ResultWriter?
    /// Only what is at an endpoint with a Batch API is taken back.
    var takesBackOnly = false

    struct Ending: Sendable {
        var work: BatchEngine.Ending
        var status: BatchStatus
        /// Of the input.
        var problems: Int
        /// The work has ended before all of the input was read.
        var isUnread: Bool
        /// Why the input could not be read to its end.
        var failure: (any Error)?
        /// Of a refusal that has paused the batch.
        var block: Failure.Kind?
    }

    /// `opened`: the batch as it was before this.
    func run(_ opened: BatchStatus) async throws -> Ending {
        stop.expect()
        let ownStatus = WorkerStatus()
        let work = try await readAndWork(opened, ownStatus)
        let batches = batches
        let status = try await shielded { () async throws(StoreError) in try await batches.status(opened.id) }
        guard let status else { throw Failure(.noInput, "the batch is gone; somebody has removed it") }
        if case .paused(let reason) = work { tracker.paused(reason, isWhole: status.state == .paused) }
        if let results, !Task.isCancelled, status.total > 0 {
            let isComplete = await results.isComplete()
            if !status.isWritten || !isComplete {
                context.reporter.progress("writing the results")
                try await results.finish(from: batches, asOf: status)
            }
        }
        return Ending(
            work: work, status: status, problems: ownStatus.problems, isUnread: ownStatus.isReading,
            failure: ownStatus.failure,
            block: ownStatus.block)
    }

    private func readAndWork(_ opened: BatchStatus, _ ownStatus: WorkerStatus) async throws -> BatchEngine.Ending {
        guard let reading = try await reading(opened.id, ownStatus) else {
            return try await untilDone(opened, ownStatus, nil)
        }
        ownStatus.beginReading()
        return try await withThrowingTaskGroup(of: BatchEngine.Ending?.self) { group in
            // Whatever ends the work ends the reading; what was not read is read the next time.
            defer { group.cancelAll() }
            group.addTask {
                try await reading.run()
                return nil
            }
            group.addTask { try await untilDone(opened, ownStatus, reading) }
            while let next = try await group.next() {
                if let next { return next }
            }
            return .stopped
        }
    }

    private func reading(_ batch: UUID, _ ownStatus: WorkerStatus) async throws -> InputReader? {
        guard let input else { return nil }
        let tracker = tracker
        let areLines = if case .lines = input { true } else { false }
        let intake = BatchIntake(
            plan: plan, store: batches, batch: batch, estimate: try await estimate(makeRepositories()),
            areLines: areLines,
            mayPayForSpeech: context.settings.speech.endpoint != nil
        ) { tracker.note($0) }
        return InputReader(input: input, intake: intake, batches: batches, batch: batch, ownStatus: ownStatus)
    }

    func makeRepositories() -> RepositoryPool {
        RepositoryPool(context: context, store: store.memory, plan: plan)
    }

    func estimate(_ repositories: RepositoryPool) async throws -> ItemEstimate {
        ItemEstimate(
            plan: plan, prices: context.prices, in: try await repositories.place(nil), journal: store.journal)
    }

    /// A worker that the others gave up, because it slept or was cut off, joins again as a new one; so does one whose
    /// batch was begun anew with other settings.
    private func untilDone(
        _ opened: BatchStatus, _ ownStatus: WorkerStatus, _ reading: InputReader?
    ) async throws -> BatchEngine.Ending {
        var working = self
        var settings = opened.settings
        while true {
            do {
                let (current, known) = (working, settings)
                let ending = try await BatchWorker.join(
                    opened.id, of: batches, lease: .seconds(working.plan.lease)
                ) { (worker) async throws(StoreError) -> Result<BatchEngine.Ending, any Error> in
                    try await current.stretch(worker, known, ownStatus, reading)
                }.get()
                // Somebody may have put something in while this worker left.
                if ending == .finished, try await hasMore(opened.id) { continue }
                guard ending == .replanned else { return ending }
                guard let now = try await batches.status(opened.id) else { continue }
                context.reporter.notice("the batch was begun anew with other settings; they hold from here on")
                settings = now.settings
                working.plan = BatchPlan(json: settings)
                try working.plan.checkEndpoint(context.settings)
            } catch let error as StoreError where error.kind == .fenced && !Task.isCancelled {
                context.reporter.notice(
                    "this worker was silent for longer than its lease, and others have its items; it goes on as a new one"
                )
            }
        }
    }

    /// Something waits that any worker can do.
    private func hasMore(_ batch: UUID) async throws(StoreError) -> Bool {
        guard !stop.wasMade, let status = try await batches.status(batch), status.state == .open, status[.pending] > 0
        else { return false }
        return try await !batches.waitsForWordsOnly(batch)
    }

    /// From joining to leaving. A failure of the store is thrown, others are the result.
    private func stretch(
        _ worker: BatchWorker, _ settings: JSON, _ ownStatus: WorkerStatus, _ reading: InputReader?
    ) async throws(StoreError) -> Result<BatchEngine.Ending, any Error> {
        let (stored, report) = AsyncStream.makeStream(of: [Int].self)
        do {
            return .success(
                try await withThrowingTaskGroup(of: Void.self) { group in
                    // Also what came last is written before the worker leaves.
                    group.addTask { await write(stored, of: worker.batch) }
                    defer { report.finish() }
                    return try await work(as: worker, settings, ownStatus, reading, report)
                })
        } catch let error as StoreError {
            throw error
        } catch {
            return .failure(error)
        }
    }
}
