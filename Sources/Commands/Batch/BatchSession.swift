internal import Application
internal import Assistant
internal import Batch
internal import BatchQueue
internal import Concurrency
internal import FoundationEssentials
internal import Memory
internal import Settings

/// Works on one opened batch and ends with the status that its items deserve: for `run`, `resume` and `work`.
struct BatchSession: Sendable {
    let context: Context
    let store: OpenStore
    let plan: BatchPlan
    let isJSON: Bool

    /// - Parameters:
    ///   - opened: The batch as it was before this.
    ///   - input: What is to be read; nil when others read.
    ///   - files: Where results are written; nil for workers that help.
    /// - Throws: ``Ended`` with the status, unless all is done.
    func run(_ opened: BatchStatus, input: BatchInput?, files: ResultFiles?) async throws {
        try plan.checkEndpoint(context.settings)
        let batches = store.batches(of: context)
        let display = BatchDisplay(console: context.console, isJSON: isJSON)
        display.began(opened)
        let results = files.map { BatchResultWriting(files: $0, batch: opened.id) }
        let working = BatchProcess(
            context: context, store: store, batches: batches, plan: plan, display: display, input: input,
            transcribes: input != nil, results: results)
        let ending = try await working.run(opened)
        if let failure = ending.failure {
            try await batches.discardIfEmpty(opened.id)
            throw failure
        }
        try display.finished(Self.name(of: ending.work), ending.status)
        if let problem = await results?.problem {
            context.console.notice(
                "\(problem.description) All results are in the store: `vocero batch export` writes them again.")
        }
        if let files, !isJSON, ending.status.total > 0, await results?.problem == nil {
            context.console.notice("results are in \(files.directory)")
        }
        if ending.status[.done] > opened[.done], ending.work != .stopped, !Task.isCancelled { await fillEmbeddings() }
        try await end(ending, hasUnwritten: results?.problem != nil, isPipe: input?.isPipe ?? false)
    }

    /// Some of what is missing, as after any other command; with a limit of money nothing more is spent.
    private func fillEmbeddings() async {
        guard let embedder = store.embedder, !plan.limitsMoney else { return }
        let filler = EmbeddingFiller(store: store.memory, embedder: embedder)
        _ = await within(.seconds(10)) {
            do throws(JournalError) {
                _ = try await filler.fillMissing(limit: 500)
            } catch {
                // Later commands fill them in.
            }
        }
    }

    private func end(_ ending: BatchProcess.Ending, hasUnwritten: Bool, isPipe: Bool) throws {
        let status = ending.status
        let words = context.console
        let id = status.id.uuidString.lowercased().prefix(13)
        let left = Self.items(status[.pending] + status[.running])
        if status[.pending] + status[.running] > 0 {
            switch ending.work {
            case .outOfMoney:
                words.notice(
                    "the next item may cost more than is left of \(Figures.dollars(status.maxCost ?? 0)) "
                        + "(\(Figures.dollars(status.spent)) spent, \(Figures.dollars(status.unsettled)) perhaps spent); "
                        + "\(left) left, run it again with a higher --max-cost")
            case .stopped, .paused: words.notice("\(left) left; `vocero batch resume \(id)` goes on")
            case .finished:
                words.notice("\(left) left; `vocero batch resume \(id)` goes on, with recordings where their files are")
            case .cancelled, .replanned: break
            }
        }
        if ending.isUnread {
            words.notice(
                isPipe
                    ? "standard input was not read to its end; give the same lines again, and what is known is left"
                    : "the input was not read to its end; `vocero batch resume \(id)` reads on")
        }
        if ending.work == .cancelled { words.notice("the batch was cancelled") }
        if status[.skipped] > 0 {
            words.notice(
                "\(Self.items(status[.skipped])) skipped when it was cancelled: `vocero batch resume \(id)` does them")
        }
        if status[.failed] > 0, ending.work == .finished {
            words.notice("\(Self.items(status[.failed])) failed: `vocero batch retry \(id)` puts them back")
        }
        let exit = exitStatus(ending, hasUnwritten: hasUnwritten)
        if exit != .done { throw Ended(status: exit) }
    }

    private static func items(_ count: Int) -> String { "\(Figures.grouped(count)) item\(count == 1 ? "" : "s")" }

    private func exitStatus(_ ending: BatchProcess.Ending, hasUnwritten: Bool) -> ExitStatus {
        let status = ending.status
        switch ending.work {
        case .stopped: return .interrupted
        case .paused: return ending.block ?? .limitReached
        case .outOfMoney: return .limitReached
        case .cancelled, .replanned: return .failed
        case .finished:
            if status[.failed] + status[.pending] + status[.skipped] + ending.problems > 0 || hasUnwritten {
                return .failed
            }
            return status[.parked] > 0 ? .approvalNeeded : .done
        }
    }

    static func name(of ending: BatchEngine.Ending) -> String {
        switch ending {
        case .finished: "finished"
        case .paused: "paused"
        case .cancelled: "cancelled"
        case .outOfMoney: "out_of_money"
        case .stopped: "stopped"
        case .replanned: "replanned"
        }
    }
}
