internal import Application
internal import ArgumentParser
internal import Batch
internal import BatchQueue

/// `vocero batch retry`
struct BatchRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Put items back that failed, so that the next run does them again.",
        discussion: """
            Nothing is sent: `vocero batch run` or `resume` does the work. Examples:

              vocero batch retry prompts                   those that failed
              vocero batch retry prompts --parked          those that needed an approval, with another policy
            """)

    @Argument(help: ArgumentHelp("Its name, path or the beginning of its id.", valueName: "batch"))
    var batch: String

    @Flag(help: "Items that failed; so it is when nothing is said.")
    var failed = false

    @Flag(help: "Items that needed an approval.")
    var parked = false

    @Flag(help: "Items that were skipped because the batch was cancelled.")
    var skipped = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let context = try await Context.make(options)
        try await context.withStore { store in
            let batches = store.batches(of: context)
            let status = try await context.batch(batch, in: batches)
            var states: [BatchItemState] = failed || !(parked || skipped) ? [.failed] : []
            if parked { states.append(.parked) }
            if skipped { states.append(.skipped) }
            let count = try await batches.retry(status.id, states: states)
            try context.console.writeLine("\(count) \(count == 1 ? "item" : "items") put back")
        }
    }
}

/// `vocero batch cancel`
struct BatchCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Begin nothing new of a batch; what is in flight ends, what waits is skipped.",
        discussion: """
            `vocero batch resume` takes it back. Example:

              vocero batch cancel prompts
            """)

    @Argument(help: ArgumentHelp("Its name, path or the beginning of its id.", valueName: "batch"))
    var batch: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let context = try await Context.make(options)
        try await context.withStore { store in
            let batches = store.batches(of: context)
            let status = try await context.batch(batch, in: batches)
            try await batches.cancel(status.id)
            if try await !batches.openRemoteBatches(of: status.id).isEmpty {
                context.console.notice(
                    "prompts at the endpoint are cancelled there, and what is answered is taken, which may last minutes; "
                        + "Ctrl-C leaves that to another `vocero batch cancel`")
                let files = try status.output.map { try ResultFiles(directory: $0, input: nil) }
                let plan = BatchPlan(json: status.settings)
                let session = BatchSession(context: context, store: store, plan: plan, isJSON: false)
                try await session.takeBack(status, files: files)
            }
            let now = try await batches.status(status.id) ?? status
            try context.console.writeLine(
                "cancelled: \(now[.skipped]) skipped, \(now[.running]) still in flight, \(now[.done]) done")
        }
    }
}
