internal import Application
internal import ArgumentParser
internal import FoundationEssentials
internal import JSON

/// `vocero history`
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show what was asked and answered, the newest last.",
        discussion: """
            Shows this repository's turns, and everything outside a repository or with --all. Examples:

              vocero history --limit 4
              vocero history --all --since 2026-01-31 --json
            """)

    @Option(help: ArgumentHelp("Only this session.", valueName: "key")) var session: String?
    @Option(help: ArgumentHelp("Only since this day (YYYY-MM-DD).", valueName: "day")) var since: String?
    @Option(help: ArgumentHelp("The latest so many messages.", valueName: "count")) var limit = 50
    @Flag(help: "Of all repositories.") var all = false
    @Flag(help: "Print a JSON array.") var json = false
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit takes a positive number.") }
        if let since, Self.date(since) == nil { throw ValidationError("--since takes a day such as 2026-01-31.") }
    }

    static func date(_ text: String) -> Date? { try? Date("\(text)T00:00:00Z", strategy: .iso8601) }

    func run() async throws {
        let console = options.console
        let context = try await options.context(console)
        let repository = all || session != nil ? nil : try await context.repositoryName()
        try await context.withStore { store in
            let messages = try await store.history(
                repository: repository, session: session, since: since.flatMap(Self.date), limit: limit)
            if json { return try console.writeLine(JSON.array(messages.map(\.json)).text(pretty: true)) }
            for message in messages { try message.show(on: console) }
            if messages.isEmpty { console.notice("nothing was asked here yet") }
        }
    }
}
