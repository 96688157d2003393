internal import Application
internal import ArgumentParser
internal import HookInstall
internal import JSON

/// `vocero hook status`
struct HookStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show what git runs for each hook, and in which order.",
        discussion: """
            Examples:

              vocero hook status
              vocero hook status --json
            """)

    @Flag(help: "Print one JSON object.") var json = false
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = options.console
        let status = try await HookInstaller.make(options, console).status()
        if json { return try console.writeLine(status.json.text(pretty: true)) }
        try console.write(status.text(environment: Context.environment))
    }
}
