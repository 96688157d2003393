internal import ArgumentParser
internal import Batch

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

    func fill(_ request: inout BatchRequest) {
        (request.model, request.agent, request.usesTools) = (model, agent, tools)
        (request.policies, request.language) = (policy, language)
        (request.attempts, request.deadline, request.answerTokens) = (attempts, deadline, answerTokens)
        request.usesBatchAPI = via == .openaiBatch
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
        if let concurrency, concurrency < 1 || concurrency > BatchBounds.mostConcurrency {
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
