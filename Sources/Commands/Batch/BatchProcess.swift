internal import Application
internal import Assistant
internal import Batch
internal import BatchQueue
internal import Concurrency
internal import FoundationEssentials
internal import JSON
internal import Memory
internal import Settings

/// One process's part in a batch: it joins, takes in what there is to read, transcribes, works, and writes results.
struct BatchProcess: Sendable {
    let context: Context
    let store: OpenStore
    let batches: BatchStore
    var plan: BatchPlan
    let display: BatchDisplay
    /// Nil: others read, or everything was read.
    var input: BatchInput?
    /// Recordings are transcribed here, where their files are.
    var transcribes = true
    var results: BatchResultWriting?
    /// Only what is at an endpoint with a Batch API is taken back.
    var takesBackOnly = false
    let stop = StopRequest.current

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
        var block: ExitStatus?
    }

    /// `opened`: the batch as it was before this.
    func run(_ opened: BatchStatus) async throws -> Ending {
        stop.expect()
        let ownStatus = WorkerStatus()
        let work = try await readAndWork(opened, ownStatus)
        let batches = batches
        let status = try await shielded { () async throws(JournalError) in try await batches.status(opened.id) }
        guard let status else { throw Failure(.noInput, "the batch is gone; somebody has removed it") }
        if case .paused(let reason) = work { display.paused(reason, isWhole: status.state == .paused) }
        if let results, !Task.isCancelled, status.total > 0 {
            let isComplete = await results.isComplete()
            if !status.isWritten || !isComplete {
                context.console.progress("writing the results")
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
        let display = display
        let areLines = if case .lines = input { true } else { false }
        let intake = BatchIntake(
            plan: plan, store: batches, batch: batch, estimate: try await estimate(makeRepositories()),
            areLines: areLines,
            mayPayForSpeech: context.settings.speech.endpoint != nil
        ) { display.note($0) }
        return InputReader(input: input, intake: intake, batches: batches, batch: batch, ownStatus: ownStatus)
    }

    private func makeRepositories() -> RepositoryPool {
        RepositoryPool(context: context, store: store.memory, plan: plan)
    }

    private func estimate(_ repositories: RepositoryPool) async throws -> BatchItemEstimate {
        BatchItemEstimate(
            plan: plan, prices: context.prices, place: try await repositories.place(nil), journal: store.journal)
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
                ) { (worker) async throws(JournalError) -> Result<BatchEngine.Ending, any Error> in
                    try await current.shift(worker, known, ownStatus, reading)
                }.get()
                // Somebody may have put something in while this worker left.
                if ending == .finished, try await hasMore(opened.id) { continue }
                guard ending == .replanned else { return ending }
                guard let now = try await batches.status(opened.id) else { continue }
                context.console.notice("the batch was begun anew with other settings; they hold from here on")
                settings = now.settings
                working.plan = BatchPlan(json: settings)
                try working.plan.checkEndpoint(context.settings)
            } catch let error as JournalError where error.kind == .fenced && !Task.isCancelled {
                context.console.notice(
                    "this worker was silent for longer than its lease, and others have its items; it goes on as a new one"
                )
            }
        }
    }

    /// Something waits that any worker can do.
    private func hasMore(_ batch: UUID) async throws(JournalError) -> Bool {
        guard !stop.wasMade, let status = try await batches.status(batch), status.state == .open, status[.pending] > 0
        else { return false }
        return try await !batches.waitsForWordsOnly(batch)
    }

    /// From joining to leaving. A failure of the store is thrown, others are the result.
    private func shift(
        _ worker: BatchWorker, _ settings: JSON, _ ownStatus: WorkerStatus, _ reading: InputReader?
    ) async throws(JournalError) -> Result<BatchEngine.Ending, any Error> {
        let (stored, report) = AsyncStream.makeStream(of: [Int].self)
        do {
            return .success(
                try await withThrowingTaskGroup(of: Void.self) { group in
                    // Also what came last is written before the worker leaves.
                    group.addTask { await write(stored, of: worker.batch) }
                    defer { report.finish() }
                    return try await work(as: worker, settings, ownStatus, reading, report)
                })
        } catch let error as JournalError {
            throw error
        } catch {
            return .failure(error)
        }
    }

    private func work(
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
        case .started(let item): display.started(item.name)
        case .ended(let item, _): display.ended(item.name)
        case .stored(let outcomes):
            let final = outcomes.filter(\.state.isFinal).map(\.position)
            if !final.isEmpty { report.yield(final) }
        case .status(let status, let workers):
            ownStatus.note(status)
            display.update(status, workers: workers)
            if stop.wasMade { display.sayStopping() }
        case .refused(let positions):
            context.console.notice("\(positions.count) results came too late: others have these items now")
        case .troubled(let trouble):
            context.console.notice("\(trouble.message) Nothing is answered at the moment; it is tried again.")
        case .gaveUp(let trouble): ownStatus.note(block: trouble.kind == .limit ? .limitReached : .endpointUnavailable)
        case .storeAway(let message): context.console.notice("\(message) The work waits for it.")
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

    private func write(_ stored: AsyncStream<[Int]>, of batch: UUID) async {
        for await positions in stored { await write(positions, of: batch) }
    }

    /// From the store, so that files say what exports say. What fails here is written by the last pass.
    private func write(_ positions: [Int], of batch: UUID) async {
        guard let items = try? await batches.items(of: batch, at: positions) else { return }
        for item in items where item.state.isFinal { display.ended(item) }
        await results?.write(items)
    }
}
