internal import Assistant
internal import Batch
internal import FoundationEssentials
internal import Memory

/// One process's part in a batch: it joins, takes in what there is to read, transcribes, works, and writes results.
struct BatchWorking: Sendable {
    let context: Context
    let store: Store
    let batches: BatchStore
    let plan: BatchPlan
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
        /// Why the input could not be read to its end.
        var failure: (any Error)?
        /// Of a refusal that has paused the batch.
        var block: ExitStatus?
    }

    /// `opened`: the batch as it was before this.
    func run(_ opened: BatchStatus) async throws -> Ending {
        stop.expect()
        let stage = BatchStage()
        let begun = try await batches.now()
        let work = try await untilDone(opened.id, stage)
        if case .paused(let reason) = work { display.paused(reason) }
        let batches = batches
        let status = try await shielded { () async throws(JournalError) in try await batches.status(opened.id) }
        guard let status else { throw CommandFailure(.noInput, "the batch is gone; somebody has removed it") }
        if let results, !Task.isCancelled {
            let isComplete = await results.isComplete()
            if status.changedAt != opened.changedAt || !isComplete {
                context.console.progress("writing the results")
                try await results.finish(from: batches, since: begun)
            }
        }
        return Ending(
            work: work, status: status, problems: stage.problems, failure: stage.failure, block: stage.block)
    }

    /// A worker that the others gave up, because it slept or was cut off, joins again as a new one.
    private func untilDone(_ batch: UUID, _ stage: BatchStage) async throws -> BatchEngine.Ending {
        while true {
            do {
                return try await BatchWorker.join(batch, of: batches, lease: .seconds(plan.lease)) {
                    (worker) async throws(JournalError) -> Result<BatchEngine.Ending, any Error> in
                    try await shift(worker, stage)
                }.get()
            } catch let error as JournalError where error.kind == .fenced && !Task.isCancelled {
                context.console.notice(
                    "this worker was silent for longer than its lease, and others have its items; it goes on as a new one"
                )
            }
        }
    }

    /// From joining to leaving. A failure of the store is thrown, others are the result.
    private func shift(
        _ worker: BatchWorker, _ stage: BatchStage
    ) async throws(JournalError) -> Result<BatchEngine.Ending, any Error> {
        let (stored, report) = AsyncStream.makeStream(of: [Int].self)
        do {
            return .success(
                try await withThrowingTaskGroup(of: Void.self) { group in
                    // Also what came last is written before the worker leaves.
                    group.addTask { await write(stored, of: worker.batch) }
                    defer { report.finish() }
                    return try await work(as: worker, stage, report)
                })
        } catch let error as JournalError {
            throw error
        } catch {
            return .failure(error)
        }
    }

    private func work(
        as worker: BatchWorker, _ stage: BatchStage, _ report: AsyncStream<[Int]>.Continuation
    ) async throws -> BatchEngine.Ending {
        let places = BatchPlaces(context: context, store: store.memory, plan: plan)
        let estimate = BatchItemEstimate(
            plan: plan, prices: context.prices, place: try await places.place(nil), journal: store.journal)
        let input = stage.hasRead ? nil : input
        let transcribes = transcribes
        stage.begin(reading: input != nil, transcribing: transcribes)
        return try await withThrowingTaskGroup(of: BatchEngine.Ending?.self) { group in
            // Whatever ends the work ends the reading; what was not read is read the next time.
            defer { group.cancelAll() }
            try await addWork(worker, places, stage, report, to: &group)
            if let input {
                group.addTask {
                    try await read(input, worker, estimate, stage)
                    return nil
                }
            }
            if transcribes {
                group.addTask {
                    try await words(worker, estimate, stage)
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
        _ worker: BatchWorker, _ places: BatchPlaces, _ stage: BatchStage, _ report: AsyncStream<[Int]>.Continuation,
        to group: inout ThrowingTaskGroup<BatchEngine.Ending?, any Error>
    ) async throws {
        let work = BatchItemWork(
            context: context, store: store, plan: plan, worker: worker, places: places, board: AllowanceBoard(),
            gate: CallGate(), stage: stage)
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
        if !sends, !takesBackOnly { group.addTask { try await engine(work, report).run() } }
    }

    private func engine(_ work: BatchItemWork, _ report: AsyncStream<[Int]>.Continuation) -> BatchEngine {
        let (worker, board, gate, stage, stop) = (work.worker, work.board, work.gate, work.stage, stop)
        return BatchEngine(
            worker: worker, store: batches, bounds: plan.bounds, lease: .seconds(plan.lease), board: board, gate: gate,
            isAskedToStop: { stop.wasMade }, moreComes: { stage.moreComes }, observe: { observe($0, report) },
            carryOut: { await work.carryOut($0) })
    }

    func observe(_ event: WorkEvent, _ report: AsyncStream<[Int]>.Continuation) {
        switch event {
        case .started(let item): display.started(item.name)
        case .ended(let item, _): display.ended(item.name)
        case .stored(let outcomes):
            let final = outcomes.filter(\.state.isFinal).map(\.position)
            if !final.isEmpty { report.yield(final) }
        case .status(let status, let workers):
            display.update(status, workers: workers)
            if stop.wasMade { display.sayStopping() }
        case .refused(let positions):
            context.console.notice("\(positions.count) results came too late: others have these items now")
        case .storeAway(let message): context.console.notice("\(message) The work waits for it.")
        }
    }

    // MARK: What goes in and comes out

    private func read(
        _ input: BatchInput, _ worker: BatchWorker, _ estimate: BatchItemEstimate, _ stage: BatchStage
    ) async throws {
        try await batches.beginReading(worker.batch, by: worker.id)
        let display = display
        let areLines = if case .lines = input { true } else { false }
        let intake = BatchIntake(
            plan: plan, store: batches, batch: worker.batch, estimate: estimate, areLines: areLines
        ) { display.note($0) }
        var failure: (any Error)?
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                defer { group.cancelAll() }
                group.addTask {
                    // A slow pipe does not keep its prompts from being answered.
                    while !Task.isCancelled {
                        try await Task.sleep(for: .milliseconds(250))
                        try await intake.flush()
                    }
                }
                try await input.read { try await intake.take($0) }
                try await intake.flush()
            }
        } catch let error as BatchInputError {
            if Task.isCancelled { return stage.stopReading() }
            failure = error
        } catch is CancellationError {
            return stage.stopReading()
        }
        try await batches.endReading(worker.batch, by: worker.id)
        stage.endReading(problems: await intake.problems, failure: failure)
    }

    private func words(_ worker: BatchWorker, _ estimate: BatchItemEstimate, _ stage: BatchStage) async throws {
        defer { stage.endTranscribing() }
        let stop = stop
        let words = BatchWords(
            context: context, plan: plan, worker: worker, store: batches, estimate: estimate,
            moreComes: { stage.isReading }, isAskedToStop: { stop.wasMade }
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
