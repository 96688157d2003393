internal import Application
internal import ArgumentParser
internal import Batch

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
        let console = options.console
        let context = try await options.context(console)
        let count = try await Batches(context: context).retry(
            batch, failed: failed || !(parked || skipped), parked: parked, skipped: skipped)
        try console.writeLine("\(count) \(count == 1 ? "item" : "items") put back")
    }
}
