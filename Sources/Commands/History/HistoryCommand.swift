internal import Application
internal import ArgumentParser
internal import Assistant
internal import FoundationEssentials
internal import JSON
internal import Memory
internal import Redaction

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
            let filter = HistoryFilter(
                repository: repository, session: session, since: since.flatMap(Self.date), limit: limit)
            let messages = try await store.memory.history(filter)
            if json { return try console.writeLine(JSON.array(messages.map(\.json)).text(pretty: true)) }
            for message in messages { try message.show(on: console) }
            if messages.isEmpty { console.notice("nothing was asked here yet") }
        }
    }
}

extension StoredMessage {
    var json: JSON {
        [
            "id": .string(id.uuidString.lowercased()), "run": .string(run.description), "session": .string(sessionKey),
            "repository": repository.map(JSON.string) ?? .null, "role": .string(role.rawValue),
            "content": .string(content), "created_at": .string(createdAt.formatted(.iso8601)),
            "tokens": .integer(tokens), "embedding_model": embeddingModel.map(JSON.string) ?? .null,
        ]
    }

    /// A heading line and the content, for people.
    func show(on console: Console) throws {
        let head = "\(createdAt.formatted(.iso8601)) \(sessionKey) \(role == .user ? "asked" : "answered")"
        let place = repository.map { " (\($0))" } ?? ""
        guard console.styled else { return try console.write("\(head)\(place)\n\(content)\n\n") }
        let heading = Style.dim(TerminalText.sanitized(head + place))
        try console.writeStyled(heading + "\n" + MarkdownRenderer.rendered(content) + "\n")
    }
}
