internal import Application
internal import ArgumentParser
internal import Assistant
internal import Batch
internal import BatchQueue
internal import Files
internal import FoundationEssentials

/// `vocero batch resume`
struct BatchResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Go on with a batch that was interrupted, paused or cancelled, as it was begun.",
        discussion: """
            Where the prompts are at hand they are read again, for what had not been read. Without a batch it is the \
            latest that has something left. Examples:

              vocero batch resume
              vocero batch resume prompts
            """)

    @Argument(help: ArgumentHelp("Its name, path or the beginning of its id.", valueName: "batch"))
    var batch: String?

    @Flag(help: "Print one JSON object a line on stdout, an event each.")
    var json = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let context = try await Context.make(options)
        if let problem = context.repositoryProblem { throw problem }
        try await context.withStore { store in try await resume(context, store) }
    }

    private func resume(_ context: Context, _ store: OpenStore) async throws {
        let batches = store.batches(of: context)
        let found = try await context.batch(batch, in: batches) { status in
            status.state != .open || status[.pending] + status[.running] + status[.skipped] > 0
        }
        guard var status = found else {
            throw Failure(.noInput, "no batch has anything left to do; `vocero batch status` lists them")
        }
        let plan = BatchPlan(json: status.settings)
        if status[.skipped] > 0 { _ = try await batches.retry(status.id, states: [.skipped]) }
        try await batches.reopen(status.id)
        status = try await batches.status(status.id) ?? status
        context.sayWhenOffline()
        let files = try status.output.map { try ResultFiles(directory: $0, input: plan.input?.path) }
        // On another machine the prompts may not be there: what was read travels in the database.
        let input = plan.input.flatMap {
            FileSystem.isReadable($0.path) ? BatchInput($0, skipping: files?.directory) : nil
        }
        let session = BatchSession(context: context, store: store, plan: plan, isJSON: json)
        try await session.run(status, input: input, files: files)
    }
}
