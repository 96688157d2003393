internal import Application
internal import ArgumentParser
internal import Hooks

struct HookLastCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "last", abstract: "Show what came in with the last pull, rebase or branch switch.",
        discussion: """
            Examples:

              vocero hook last
              vocero hook last --json | jq -r .text
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let console = options.console
        let context = try await options.context(console)
        try console.show(try HookRunner(context).lastDigest(), json: json)
    }
}
