internal import Application
internal import ArgumentParser
internal import JSON

/// `vocero trust`
struct TrustCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Show what a repository's own configuration asks for, and allow it.",
        discussion: """
            Whatever a repository's .git/config says, its commands are not run for a read, and nothing is sent to the \
            servers it names, until you say yes here, at a terminal. That holds for this place and for what was shown: \
            when the repository asks for something else, you are asked again. Examples:

              vocero trust
              vocero trust ../other
              vocero trust --list
              vocero trust --forget
            """)

    @Argument(help: ArgumentHelp("The repository; the one you are in without.", valueName: "path")) var path: String?
    @Flag(help: "List what you have allowed, without asking.") var list = false
    @Flag(help: "Take back what you have allowed this repository.") var forget = false
    @Flag(help: "Print JSON, without asking.") var json = false
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if list && (forget || path != nil) {
            throw ValidationError("--list is for all repositories; leave the rest out.")
        }
    }

    func run() async throws {
        let console = options.console
        let store = TrustStore(environment: Context.environment)
        if list { return try show(store.allowances, on: console) }
        if forget { return try await takeBack(from: store, console) }
        let view = try await RepositoryTrustView(at: place, store)
        if json { return try console.writeLine(view.json.text(pretty: true)) }
        try console.writeLine(view.text)
        guard !view.requests.isEmpty, !view.isAllowed else { return }
        guard console.inputIsTerminal, console.errorIsTerminal else {
            console.notice("only a person at a terminal can allow this; run `vocero trust` in one")
            throw Ended(status: .approvalNeeded)
        }
        guard TerminalQuestion.isYes("Allow this repository all of that? [y]es, [n]o: ", on: console) else {
            console.notice("nothing was allowed")
            throw Ended(status: .failed)
        }
        try store.allow(view)
        console.notice("allowed; `vocero trust --forget` takes it back")
    }

    private var place: String {
        guard let path else { return options.directory ?? "." }
        return path.hasPrefix("/") ? path : options.directory.map { $0 + "/" + path } ?? path
    }

    private func show(_ allowances: [TrustStore.Allowance], on console: Console) throws {
        if json { return try console.writeLine(JSON.array(allowances.map(\.json)).text(pretty: true)) }
        for allowance in allowances {
            try console.writeLine("\(allowance.gitDirectory): \(allowance.keys.joined(separator: ", "))")
        }
    }

    private func takeBack(from store: TrustStore, _ console: Console) async throws {
        let isForgotten = try await store.forget(at: place)
        if json { return try console.writeLine(JSON.object(["forgotten": .bool(isForgotten)]).text(pretty: true)) }
        guard isForgotten else { throw Failure(.noInput, "nothing was allowed to \(place); see `vocero trust --list`") }
        console.notice("forgotten")
    }
}
