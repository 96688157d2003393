internal import Application
internal import ArgumentParser
internal import Batch
internal import JSON

/// `vocero batch run`
struct BatchRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Work off a folder of prompts, a file of JSON lines, or lines from a pipe.",
        discussion: """
            Text and Markdown files are prompts, recordings are transcribed first, each line of a .jsonl file is a \
            prompt with an id: {"id": "q1", "prompt": "…"}. Markdown may begin with front matter between lines of \
            ---: agent, session, repository, model, policy, steps, tokens, cost, seconds. Each item gets NAME.md with \
            its answer and NAME.json with all else; results.jsonl holds the whole in the order of the input. Examples:

              vocero batch run prompts
              vocero batch run prompts --include '*.md' --exclude drafts --output answers
              vocero batch run prompts --dry-run
              vocero batch run prompts --max-cost 2.50 --concurrency 16
              vocero batch run nightly.jsonl --model gpt-4.1-mini --via openai-batch
              generate | vocero batch run - --name nightly --json
            """)

    @Argument(
        help: ArgumentHelp("A folder, a .jsonl file, or - for JSON lines on standard input.", valueName: "path"),
        completion: .file())
    var path: String

    @Option(help: ArgumentHelp("Only what this pattern matches; repeat for more.", valueName: "pattern"))
    var include: [String] = []

    @Option(help: ArgumentHelp("Not what this pattern matches; repeat for more.", valueName: "pattern"))
    var exclude: [String] = []

    @Option(help: ArgumentHelp("What the batch is known by; its path otherwise.", valueName: "name"))
    var name: String?

    @Option(
        help: ArgumentHelp("Where results are written; PATH-results otherwise.", valueName: "dir"),
        completion: .directory)
    var output: String?

    @Flag(help: "Write no files: results stay in the store, for `vocero batch export`.")
    var noOutput = false

    @OptionGroup(title: "How items are answered") var answering: BatchAnswerOptions
    @OptionGroup(title: "How fast") var pace: BatchPaceOptions
    @OptionGroup(title: "Money") var money: BatchMoneyOptions

    @Flag(help: "Print one JSON object a line on stdout, an event each.")
    var json = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if path.isEmpty { throw ValidationError("PATH is empty; give a folder, a .jsonl file, or -.") }
        if output?.isEmpty ?? false { throw ValidationError("--output takes a directory.") }
        if output != nil && noOutput { throw ValidationError("--output and --no-output exclude each other.") }
        if path == "-" && !(include + exclude).isEmpty {
            throw ValidationError("--include and --exclude choose files; there are none on standard input.")
        }
        if let name, name.isEmpty || name.utf8.count > 500 {
            throw ValidationError("--name takes 1 to 500 bytes.")
        }
    }

    func run() async throws {
        let console = options.console
        let context = try await options.context(console)
        if let problem = context.repositoryProblem { throw problem }
        if money.dryRun { return try await forecast(context, console) }
        let display = BatchDisplay(console: console, isJSON: json)
        let batches = Batches(context: context) { display.show($0) }
        try Ended.unlessDone(try await batches.run(request) { try display.finish($0) }.failure)
    }

    private func forecast(_ context: Context, _ console: Console) async throws {
        let batches = Batches(context: context) { event in
            if case .problem(let problem) = event { console.notice(problem.description) }
        }
        let forecast = try await batches.forecast(request)
        if json {
            var members = forecast.costs.json.object ?? [:]
            members["unchanged"] = .integer(forecast.unchanged)
            members["problems"] = .integer(forecast.problems)
            try console.writeLine(JSON.object(members).text(pretty: true))
        } else {
            try console.write(forecast.costs.text)
            if forecast.unchanged > 0 {
                try console.writeLine("Not counted: \(forecast.unchanged) that were worked off already.")
            }
        }
        if forecast.problems > 0 { throw Ended(status: .failed) }
    }

    private var request: BatchRequest {
        var request = BatchRequest(path: path)
        request.name = name
        (request.include, request.exclude) = (include, exclude)
        (request.output, request.writesNothing) = (output, noOutput)
        answering.fill(&request)
        (request.concurrency, request.requestsPerMinute, request.tokensPerMinute) = (
            pace.concurrency, pace.rpm, pace.tpm
        )
        request.maxCost = money.maxCost
        return request
    }
}
