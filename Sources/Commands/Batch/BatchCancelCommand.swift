internal import Application
internal import ArgumentParser
internal import Batch

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
        let console = options.console
        let context = try await options.context(console)
        let display = BatchDisplay(console: console, isJSON: false)
        let now = try await Batches(context: context) { display.show($0) }.cancel(batch)
        try console.writeLine(
            "cancelled: \(now.skipped) skipped, \(now.running) still in flight, \(now.done) done")
    }
}
