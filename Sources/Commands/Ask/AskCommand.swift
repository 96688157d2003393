internal import Application
internal import ArgumentParser
internal import Assistant
internal import JSON
internal import Settings

/// `vocero ask`
struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Ask something, in text or from a recording.",
        discussion: """
            The answer goes to stdout, tool calls and notices to stderr. What writes is shown and asked for on a \
            terminal; without one it is denied (exit 3) unless --policy allows it. Examples:

              vocero ask "who last changed README.md?"
              vocero ask --audio request.wav --language es
              git diff | vocero ask "what is risky about this?"
              vocero ask --continue "and the week before?"
              vocero ask --json "summarize the last 5 commits" | jq -r .answer
            """)

    @Argument(help: ArgumentHelp("The request, in any language the model understands.", valueName: "text"))
    var text: [String] = []

    @Option(
        help: ArgumentHelp("Speak instead: a recording in any format libsndfile reads.", valueName: "file"),
        completion: .file())
    var audio: String?

    @Option(
        name: .customLong("file"), help: ArgumentHelp("Give a text file along; repeat for more.", valueName: "path"),
        completion: .file())
    var files: [String] = []

    @Option(help: ArgumentHelp("Go on in the session with this key, or begin it.", valueName: "key"))
    var session: String?

    @Flag(name: .customLong("continue"), help: "Go on in the latest session of this repository.")
    var continuesLatest = false

    @Option(help: ArgumentHelp("Straight to this agent (`vocero agents` lists them).", valueName: "name"))
    var agent: String?

    @Option(
        help: ArgumentHelp("Allow exactly what this file lists, without asking.", valueName: "file"),
        completion: .file())
    var policy: String?

    @Option(help: ArgumentHelp("The language that is spoken: en, es, ….", valueName: "code"))
    var language: String?

    @Flag(help: "Show how the request is read without a model, and what would be called; ask nobody.")
    var explain = false
    @Flag(help: "Show what would be done and change nothing.")
    var dryRun = false

    @Flag(help: "Let memory of other repositories be looked at, too.")
    var everywhere = false

    @Option(help: ArgumentHelp("Stop before this many US dollars are spent.", valueName: "usd"))
    var maxCost: Double?

    @Flag(help: "Print one JSON object on stdout.")
    var json = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if session != nil && continuesLatest { throw ValidationError("--session and --continue exclude each other.") }
        if audio != nil && !text.isEmpty { throw ValidationError("Give either a text or --audio, not both.") }
        if explain && audio != nil { throw ValidationError("--explain takes a text, not a recording.") }
        if let maxCost, !(maxCost > 0 && maxCost.isFinite) {
            throw ValidationError("--max-cost takes a positive number of US dollars.")
        }
        if let session, session.isEmpty || session.count > 200 {
            throw ValidationError("--session takes 1 to 200 characters.")
        }
    }

    func run() async throws {
        var flags: [SettingEntry] = []
        if let maxCost {
            flags.append(SettingEntry(key: "vocero.limits.cost", value: "\(maxCost)", source: .flag("--max-cost")))
        }
        let console = options.console
        let context = try await options.context(console, flags: flags)
        if let problem = context.repositoryProblem { throw problem }
        if explain {
            return try await RequestExplainer(context: context, console: console).explain(
                try await words(console), json: json)
        }
        let policy = try policy.map(GivenPolicy.init)
        let streams = console.styled && !json
        let trace = RunTrace(console: console, streams: streams)
        var question = try await question(policy, console)
        while true {
            let outcome = try await AskRunner(context: context).run(
                question, approver: TerminalApprover(console: console), observer: trace
            ) { try show($0, trace, on: console) }
            guard let words = try await otherWords(for: outcome.answer, question, on: console) else {
                return try finish(outcome.answer, on: console)
            }
            question.text = words
            question.recording = nil
        }
    }

    /// What a person chooses or adds where a request was not understood; nil where nobody can be asked.
    private func otherWords(
        for answer: Answer, _ question: AskQuestion, on console: Console
    ) async throws -> String? {
        guard case .notUnderstood(let misunderstanding) = answer.failure, question.mode == .attended, !json else {
            return nil
        }
        return await SuggestionChoice(console: console).words(for: misunderstanding)
    }

    private func words(_ console: Console) async throws -> String {
        let words = text.joined(separator: " ")
        guard words.isEmpty else { return words }
        guard let piped = try await InputText.standardInput(console) else {
            throw ValidationError("there is no request; write it behind `vocero ask --explain`, or pipe it in")
        }
        return piped
    }

    private func question(_ policy: GivenPolicy?, _ console: Console) async throws -> AskQuestion {
        var words = text.joined(separator: " ")
        var attachments: [Attachment] = []
        for path in files { attachments.append(try await InputText.attachment(path)) }
        if let piped = try await InputText.standardInput(console) {
            if words.isEmpty && audio == nil {
                words = piped
            } else if !piped.isEmpty {
                attachments.append(Attachment(name: "standard input", content: piped))
            }
        }
        return AskQuestion(
            text: words, recording: audio, language: language, attachments: attachments,
            session: continuesLatest ? .latest : session.map(SessionSelection.key) ?? .new, agent: agent,
            policy: policy, mode: console.inputIsTerminal && console.errorIsTerminal ? .attended : .unattended,
            dryRun: dryRun, searchesEverywhere: everywhere)
    }

    private func show(_ outcome: AskOutcome, _ trace: RunTrace, on console: Console) throws {
        let answer = outcome.answer
        if json {
            try console.writeLine(AnswerView(outcome).json.text(pretty: true))
        } else if trace.hasStreamed {
            try trace.finish()
        } else if let text = answer.text {
            try console.writeAnswer(text)
        }
        if outcome.kept == .spooled {
            console.notice("the store went away: this turn is kept in the local spool and is stored at the next start")
        }
        if continuesLatest, let session = answer.sessionKey { console.notice("session \(session)") }
    }

    private func finish(_ answer: Answer, on console: Console) throws {
        if let failure = answer.failure {
            if case .notUnderstood(let misunderstanding) = failure, !console.inputIsTerminal || json {
                SuggestionChoice(console: console).show(misunderstanding)
                throw Ended(status: .notUnderstood)
            }
            let failure = Failure(failure)
            console.fail(failure)
            throw Ended(status: failure.status)
        }
        guard answer.state == .parked else { return }
        for parked in answer.parked {
            console.notice("\(parked.reason); nothing was changed")
            if let preview = parked.preview, !json { console.trace(preview) }
        }
        console.notice("allow it with --policy FILE, or run the command on a terminal (run \(answer.run))")
        throw Ended(status: .approvalNeeded)
    }
}
