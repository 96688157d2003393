internal import Application
internal import ArgumentParser
internal import Batch

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
        let console = options.console
        let context = try await options.context(console)
        if let problem = context.repositoryProblem { throw problem }
        let display = BatchDisplay(console: console, isJSON: json)
        let batches = Batches(context: context) { display.show($0) }
        try Ended.unlessDone(try await batches.resume(batch) { try display.finish($0) }.failure)
    }
}
