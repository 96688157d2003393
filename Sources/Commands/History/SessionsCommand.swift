internal import Application
internal import ArgumentParser
internal import FoundationEssentials
internal import JSON

/// `vocero sessions`
struct SessionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions",
        abstract: "List sessions, the one used last first.",
        discussion: """
            Go on in one with `vocero ask --session KEY`. Examples:

              vocero sessions
              vocero sessions --all --json
            """)

    @Option(help: ArgumentHelp("Most sessions.", valueName: "count")) var limit = 20
    @Flag(help: "Of all repositories.") var all = false
    @Flag(help: "Print a JSON array.") var json = false
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit takes a positive number.") }
    }

    func run() async throws {
        let console = options.console
        let context = try await options.context(console)
        let repository = all ? nil : try await context.repositoryName()
        try await context.withStore { store in
            let sessions = try await store.sessions(repository: repository, limit: limit)
            if json { return try console.writeLine(JSON.array(sessions.map(\.json)).text(pretty: true)) }
            for session in sessions {
                let day = session.lastAt.formatted(.iso8601.year().month().day())
                let turns = "\(session.turns) \(session.turns == 1 ? "turn" : "turns")"
                try console.writeLine("\(session.key)  \(day)  \(turns)  \(session.title)")
            }
            if sessions.isEmpty { console.notice("there are no sessions here yet") }
        }
    }
}
