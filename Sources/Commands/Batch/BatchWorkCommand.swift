internal import Application
internal import ArgumentParser
internal import Batch

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
        let console = options.console
        let context = try await options.context(console)
        if let problem = context.repositoryProblem { throw problem }
        context.sayWhenOffline()
        // Each batch is shown from its own beginning.
        let display = BatchDisplay(console: console, isJSON: json)
        let batches = Batches(context: context) { display.show($0) }
        try Ended.unlessDone(try await batches.help(with: batch, waits: wait) { try display.finish($0) })
    }
}
