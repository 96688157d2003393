internal import Application
internal import ArgumentParser
internal import Assistant
internal import Batch
internal import BatchQueue
internal import FoundationEssentials
internal import Settings

/// `vocero batch work`
struct BatchWorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work",
        abstract: "Help with batches, from any number of machines that share the database.",
        discussion: """
            Prompts and results travel in the database: only DATABASE_URL, the user (VOCERO_USER) and the endpoint have to \
            be the same. Without a batch, all that are open are worked off. Results are written by `batch run`, or by `batch export`. Examples:

              vocero batch work
              vocero batch work prompts
              vocero batch work --wait                     for ever, woken when there is something to do
            """)

    @Argument(help: ArgumentHelp("Its name, path or the beginning of its id.", valueName: "batch"))
    var batch: String?

    @Flag(help: "Wait for more when there is nothing to do.")
    var wait = false

    @Flag(help: "Print one JSON object a line on stdout, an event each.")
    var json = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let context = try await Context.make(options)
        if let problem = context.repositoryProblem { throw problem }
        context.sayWhenOffline()
        try await context.withStore { store in try await work(context, store) }
    }

    private func work(_ context: Context, _ store: OpenStore) async throws {
        let batches = store.batches(of: context)
        let stop = StopRequest.current
        let changes = BatchChanges(of: batches)
        // Batches that could not go on, as they were then: they are left until they change.
        var stuck: [UUID: Date] = [:]
        var ended: [UUID: ExitStatus] = [:]
        var hasWaited = false
        while !Task.isCancelled, !stop.wasMade {
            if let next = try await next(batches, context, butNot: stuck) {
                let status = try await work(on: next, context, store)
                ended[next.id] = status
                if status == .interrupted { break }
                if status != .done { stuck[next.id] = try await batches.status(next.id)?.latestChange }
                continue
            }
            guard wait else { break }
            if !hasWaited { context.console.notice("waiting for work of \(context.settings.user)") }
            hasWaited = true
            stop.cancelsWhenMade()
            try await waitingForStore { (_) async throws(JournalError) in try await changes.next(atMost: .seconds(30)) }
        }
        await changes.close()
        if ended.isEmpty, !wait { context.console.notice(try await nothingToDo(context, batches)) }
        let worst = Self.byWeight.first { ended.values.contains($0) } ?? ended.values.first { $0 != .done }
        if let worst { throw Ended(status: worst) }
    }

    private func nothingToDo(_ context: Context, _ batches: BatchStore) async throws -> String {
        guard let batch else { return "there is nothing to do" }
        let status = try await context.batch(batch, in: batches)
        let reason = status.reason.map { ": \($0)" } ?? ""
        return "there is nothing to do: the batch is \(status.stateText)\(reason)"
    }

    /// Of several batches the gravest ending is this command's.
    private static let byWeight: [ExitStatus] = [
        .interrupted, .storeUnavailable, .failed, .limitReached, .approvalNeeded,
    ]

    private func work(on next: BatchStatus, _ context: Context, _ store: OpenStore) async throws -> ExitStatus {
        do {
            let session = BatchSession(
                context: context, store: store, plan: BatchPlan(json: next.settings), isJSON: json)
            try await session.run(next, input: nil, files: nil)
            return .done
        } catch let ended as Ended {
            return ended.status
        } catch let failure as Failure where batch == nil {
            // What cannot be done here is no reason to leave the others.
            context.console.fail(failure)
            return failure.status
        }
    }

    /// The batch that was named, or the one that has been open the longest, where there is something to do.
    private func next(
        _ batches: BatchStore, _ context: Context, butNot stuck: [UUID: Date]
    ) async throws -> BatchStatus? {
        let isPossible = { (status: BatchStatus) in
            status.state == .open && stuck[status.id].map { $0 != status.latestChange } ?? true
        }
        let isWaiting = { (status: BatchStatus) in status.isReading || status[.pending] > 0 }
        let candidates =
            if let batch {
                [try await context.batch(batch, in: batches)].filter(isPossible)
            } else {
                // What goes through a Batch API needs one process, and that one waits for a day.
                try await batches.all(limit: 1_000).filter { isPossible($0) && BatchPlan(json: $0.settings).via == nil }
                    .sorted { $0.createdAt < $1.createdAt }
            }
        if let next = candidates.first(where: isWaiting) { return next }
        // What the living have in flight they end themselves.
        for candidate in candidates where candidate[.running] > 0 {
            if try await batches.hasDeadWorkers(candidate.id) { return candidate }
        }
        return nil
    }
}
