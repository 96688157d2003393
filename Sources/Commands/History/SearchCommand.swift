internal import Application
internal import ArgumentParser
internal import JSON
internal import Settings

/// `vocero search`
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Find earlier requests and answers, by meaning and by words.",
        discussion: """
            Parts of identifiers count as words: `http response` finds parseHTTPResponse. Examples:

              vocero search "why did the parser fail"
              vocero search --here --json timeout
            """)

    @Argument(help: ArgumentHelp("What to look for.", valueName: "query")) var query: [String]
    @Option(help: ArgumentHelp("Most messages.", valueName: "count")) var limit = 10
    @Option(help: ArgumentHelp("Only this session.", valueName: "key")) var session: String?
    @Flag(help: "Only about this repository.") var here = false
    @Flag(help: "Print a JSON array.") var json = false
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if limit < 1 || limit > 1000 { throw ValidationError("--limit takes 1 to 1000.") }
        if query.joined().allSatisfy(\.isWhitespace) { throw ValidationError("There is nothing to look for.") }
    }

    func run() async throws {
        let console = options.console
        let context = try await options.context(console, needsRepository: here)
        let repository = here ? try await context.repositoryName() : nil
        if here && repository == nil {
            throw context.repositoryProblem.map { Failure($0) }
                ?? Failure(
                    .noInput, "\(context.directory) is in no git repository; leave --here out, or give -C DIR")
        }
        try await context.withStore { store in
            let hits = try await store.search(
                query.joined(separator: " "), limit: limit, repository: repository, session: session)
            try await sayWhatIsMissing(store, context, repository)
            if json { return try console.writeLine(JSON.array(hits.map(\.json)).text(pretty: true)) }
            for hit in hits { try hit.message.show(on: console) }
            if hits.isEmpty { console.notice("nothing was found") }
        }
    }

    /// What has no embedding yet cannot have been found by what it means.
    private func sayWhatIsMissing(_ store: OpenStore, _ context: Context, _ repository: String?) async throws {
        let waiting = try await store.waitingForEmbedding(repository: repository, session: session)
        guard waiting > 0 else { return }
        context.reporter.notice(
            waiting == 1
                ? "1 message has no embedding yet and is found by its words only"
                : "\(waiting) messages have no embedding yet and are found by their words only")
        try await store.fillMissingEmbeddings(context, maxCost: context.settings.limits.cost)
    }
}
