internal import Application
internal import ArgumentParser
internal import JSON
internal import Settings

/// `vocero config`
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show each setting, its value and where it came from.",
        discussion: """
            Order: flag, environment, the repository's git configuration (`git config vocero.chat.model NAME`), the \
            user's file (~/.config/vocero/config, in git's syntax), default. Secrets are never shown. Examples:

              vocero config
              vocero config chat.model
              vocero config --json
            """)

    @Argument(help: ArgumentHelp("Only this setting.", valueName: "name")) var name: String?
    @Flag(help: "Print one JSON object.") var json = false
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = options.console
        let context = try await options.context(console)
        let lines = context.settings.all.filter { name == nil || $0.name == name }
        if let name, lines.isEmpty {
            throw Failure(.usage, "there is no setting \(name); `vocero config` lists them")
        }
        if json {
            let members = lines.map { ($0.name, SettingView($0).json) }
            let object = JSON.object(Dictionary(members, uniquingKeysWith: { first, _ in first }))
            return try console.writeLine(object.text(pretty: true))
        }
        for line in lines {
            try console.writeLine("\(line.name) = \(line.display ?? "")  # \(line.source): \(line.help)")
        }
    }
}
