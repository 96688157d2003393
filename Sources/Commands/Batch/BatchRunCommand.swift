internal import Application
internal import ArgumentParser
internal import Assistant
internal import Batch
internal import BatchQueue

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
        let context = try await Context.make(options)
        if let problem = context.repositoryProblem { throw problem }
        try await BatchStarter(command: self, context: context).run()
    }
}

struct BatchAnswerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Ask this model; the configured one otherwise.", valueName: "name"))
    var model: String?

    @Option(help: ArgumentHelp("Straight to this agent (`vocero agents` lists them).", valueName: "name"))
    var agent: String?

    @Flag(inversion: .prefixedNo, help: "Let agents read the repository and its files.")
    var tools = true

    @Option(
        help: ArgumentHelp(
            "Allow what this file lists, each `max` times over the whole batch; prompts may choose among several by `policy: NAME`.",
            valueName: "file"),
        completion: .file())
    var policy: [String] = []

    @Option(help: ArgumentHelp("The language of recordings: en, es, ….", valueName: "code"))
    var language: String?

    @Option(help: ArgumentHelp("How often an item is tried when its endpoint fails.", valueName: "count"))
    var attempts = 4

    @Option(
        help: ArgumentHelp(
            "Seconds of work for one attempt at an item: its calls and tools, not its wait for its turn.",
            valueName: "seconds"))
    var deadline: Int?

    @Option(help: ArgumentHelp("The longest answer of a model call.", valueName: "tokens"))
    var answerTokens: Int?

    @Option(
        help: ArgumentHelp("openai-batch: half the price, within a day, for prompts without tools.", valueName: "way"))
    var via: BatchWay?

    func validate() throws {
        if attempts < 1 || attempts > 100 { throw ValidationError("--attempts takes 1 to 100.") }
        if model?.isEmpty ?? false { throw ValidationError("--model takes the name of a model.") }
        if let deadline, deadline < 1 || deadline > 604_800 {
            throw ValidationError("--deadline takes 1 to 604800 seconds.")
        }
        if via != nil, !policy.isEmpty {
            throw ValidationError("--via openai-batch offers no tools: there is nothing for --policy to allow.")
        }
        if let answerTokens, answerTokens < 1 { throw ValidationError("--answer-tokens takes a positive number.") }
    }
}

/// How prompts travel when not one call each.
enum BatchWay: String, ExpressibleByArgument, CaseIterable, Sendable {
    case openaiBatch = "openai-batch"
}

struct BatchPaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Items in flight at most, over all workers (64; 4 offline).", valueName: "count"))
    var concurrency: Int?

    @Option(help: ArgumentHelp("Items begun a minute at most, over all workers.", valueName: "count"))
    var rpm: Int?

    @Option(help: ArgumentHelp("Tokens a minute at most, over all workers.", valueName: "count"))
    var tpm: Int?

    func validate() throws {
        if let concurrency, concurrency < 1 || concurrency > 10_000 {
            throw ValidationError("--concurrency takes 1 to 10000.")
        }
        for (name, value) in [("--rpm", rpm), ("--tpm", tpm)] {
            if let value, value < 1 { throw ValidationError("\(name) takes a positive number.") }
        }
    }
}

struct BatchMoneyOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Never spend more than this, counted over all runs of the batch.", valueName: "usd"))
    var maxCost: Double?

    @Flag(help: "Show items, tokens and cost by model, and send nothing.")
    var dryRun = false

    func validate() throws {
        if let maxCost, !(maxCost > 0 && maxCost.isFinite) {
            throw ValidationError("--max-cost takes a positive number of US dollars.")
        }
    }
}
