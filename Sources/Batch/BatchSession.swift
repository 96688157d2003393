internal import Application
internal import Assistant
internal import FoundationEssentials
internal import BatchQueue
internal import Settings

/// Works on one opened batch, and says how that has ended: for who runs it, goes on with it or helps.
struct BatchSession: Sendable {
    let context: Context
    let store: OpenStore
    let plan: BatchPlan
    let stop: StopRequest
    let observe: @Sendable (BatchEvent) -> Void

    /// `opened` is the batch as it was before this, `input` what is to be read (nil when others read), `files` where
    /// results are written (nil for workers that help).
    func run(
        _ opened: BatchStatus, input: BatchInput?, files: ResultFiles?, _ deliver: (BatchEnding) throws -> Void
    ) async throws -> BatchEnding {
        try plan.checkEndpoint(context.settings)
        let tracker = BatchTracker(observe)
        tracker.began(opened)
        var process = process(opened, tracker, files)
        process.input = input
        process.transcribes = input != nil
        let end = try await fillingEmbeddings(beside: process, opened)
        if let failure = end.failure {
            try await store.batches(of: context).discardIfEmpty(opened.id)
            throw failure
        }
        let (progress, isNew) = tracker.end(end.status)
        let ending = BatchEnding(
            kind: BatchEnding.Kind(end.work), batch: BatchOverview(end.status), progress: progress, isNew: isNew,
            problems: end.problems, isUnread: end.isUnread, wasPipe: input?.isPipe ?? false,
            results: files?.directory, resultProblem: await process.results?.problem, block: end.block)
        try deliver(ending)
        if !Task.isCancelled { await fillEmbeddings(end.status) }
        return ending
    }

    /// Has the endpoint end what it has of a cancelled batch, and takes what is finished.
    func takeBack(_ status: BatchStatus, files: ResultFiles?) async throws {
        var process = process(status, BatchTracker(observe), files)
        process.transcribes = false
        process.takesBackOnly = true
        _ = try await process.run(status)
    }

    private func process(_ opened: BatchStatus, _ tracker: BatchTracker, _ files: ResultFiles?) -> BatchProcess {
        BatchProcess(
            context: context, store: store, batches: store.batches(of: context), plan: plan, tracker: tracker,
            stop: stop, results: files.map { ResultWriter(files: $0, batch: opened.id) })
    }

    private static let pause = Duration.seconds(5)

    /// Has embeddings filled in while items are worked on: with a limit of money they come first, and embeddings get what
    /// they leave.
    private func fillingEmbeddings(beside process: BatchProcess, _ opened: BatchStatus) async throws
        -> BatchProcess.Ending
    {
        guard !plan.limitsMoney else { return try await process.run(opened) }
        return try await withThrowingTaskGroup(of: BatchProcess.Ending?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await process.run(opened) }
            group.addTask {
                while (try? await Task.sleep(for: Self.pause)) != nil { await fillEmbeddings(opened) }
                return nil
            }
            while let next = try await group.next() {
                if let next { return next }
            }
            throw CancellationError()
        }
    }

    private func fillEmbeddings(_ status: BatchStatus) async {
        let left = status.maxCost.map { max(0, $0 - status.spent - status.reserved - status.unsettled) }
        do {
            try await store.fillMissingEmbeddings(context, maxCost: left)
        } catch {
            if context.reporter.isVerbose { context.reporter.notice(Failure(any: error).message) }
        }
    }
}

extension BatchEnding.Kind {
    fileprivate init(_ ending: BatchEngine.Ending) {
        self =
            switch ending {
            case .finished: .finished
            case .paused: .paused
            case .cancelled: .cancelled
            case .outOfMoney: .outOfMoney
            case .stopped: .stopped
            case .replanned: .replanned
            }
    }
}
