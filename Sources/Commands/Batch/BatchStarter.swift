internal import Application
internal import Assistant
internal import Batch
internal import BatchQueue
internal import Files
internal import FoundationEssentials
internal import JSON
internal import Redaction
internal import Settings

/// Carries out one `vocero batch run`: plan, store, work, results.
struct BatchStarter: Sendable {
    let command: BatchRunCommand
    let context: Context

    func run() async throws {
        let place = try BatchInput.place(of: command.path, called: command.name, in: context.directory)
        if !place.isFolder, !(command.include + command.exclude).isEmpty {
            throw Failure(.usage, "--include and --exclude choose files of a folder; \(command.path) is none")
        }
        var plan = try makePlan()
        if let path = place.path {
            plan.input = BatchPlan.Input(
                path: path, isFolder: place.isFolder, include: command.include, exclude: command.exclude)
        }
        let name = command.name ?? place.name
        if command.money.dryRun {
            return try await BatchDryRun(context: context, plan: plan, isJSON: command.json).run(name, place)
        }
        context.sayWhenOffline()
        try await context.withStore { store in
            let wasThere = FileSystem.exists(resultDirectory(place))
            let files = try resultFiles(place)
            defer {
                // Nothing was written: nothing is left. A directory that holds something stays.
                if !wasThere, let files { try? FileSystem.removeDirectory(files.directory) }
            }
            let batches = store.batches(of: context)
            try await sayWhatChanges(batches, name, place)
            let opened = try await batches.open(
                name: name, output: files?.directory, settings: plan.json, maxCost: command.money.maxCost)
            let session = BatchSession(context: context, store: store, plan: plan, isJSON: command.json)
            try await session.run(opened, input: BatchInput(plan.input, skipping: files?.directory), files: files)
        }
    }

    /// A name may be given to another input, and what was in the batch before stays in it; a limit of money holds only
    /// for as long as it is given.
    private func sayWhatChanges(_ batches: BatchStore, _ name: String, _ place: BatchInput.Place) async throws {
        guard let known = try await batches.find(name), known.name == name, known.total > 0 else { return }
        if let most = known.maxCost, command.money.maxCost == nil {
            context.console.notice(
                "the limit of \(Figures.dollars(most)) is lifted: --max-cost was not given this time")
        }
        let before = BatchPlan(json: known.settings).input?.path
        guard before != place.path else { return }
        context.console.notice(
            "the batch \(name) was made of \(before ?? "standard input"); what comes now is added to it")
    }

    /// Before anything is sent, so that answers have a place.
    private func resultFiles(_ place: BatchInput.Place) throws -> ResultFiles? {
        guard !command.noOutput else { return nil }
        let directory = resultDirectory(place)
        let files = try ResultFiles(directory: directory, input: place.path)
        if case .aroundInput = files.relation, place.isFolder {
            throw Failure(
                .usage, "\(directory) holds the prompts, so results would be mixed with them; choose another --output")
        }
        return files
    }

    private func resultDirectory(_ place: BatchInput.Place) -> String {
        command.output.map(context.absolute) ?? place.output
    }

    // MARK: The plan

    private func makePlan() throws -> BatchPlan {
        let answering = command.answering
        var plan = BatchPlan()
        if let endpoint = context.settings.chat.endpoint {
            plan.model = answering.model ?? endpoint.model
        } else if let model = answering.model {
            throw Failure(.configuration, "no endpoint is configured to ask \(model); set OPENAI_API_KEY")
        }
        plan.agent = answering.agent
        if let agent = plan.agent, AgentRoster.standard.agent(named: agent) == nil {
            throw Failure(RunFailure.unknownAgent(agent, known: AgentRoster.standard.all.map(\.name)))
        }
        plan.usesTools = answering.tools && answering.via == nil
        plan.policies = try answering.policy.map(readPolicy)
        for policy in plan.policies { _ = try policy.file() }
        plan.language = answering.language
        plan.bounds = BatchBounds(
            concurrency: command.pace.concurrency ?? (plan.model == nil ? 4 : 64),
            requestsPerMinute: command.pace.rpm, tokensPerMinute: command.pace.tpm)
        plan.attempts = answering.attempts
        plan.deadline = answering.deadline ?? max(1, Int(context.settings.limits.duration.components.seconds))
        plan.lease = max(1, Int(context.settings.batchLease.components.seconds))
        plan.via = answering.via?.rawValue
        if answering.via != nil, plan.model == nil {
            throw Failure(
                .configuration, "--via openai-batch needs an endpoint with a Batch API; set OPENAI_API_KEY")
        }
        plan.outputTokens = answering.answerTokens
        try limitMoney(&plan)
        return plan
    }

    /// Under a limit every answer has a longest length: without one nobody can say what a call may cost.
    private func limitMoney(_ plan: inout BatchPlan) throws {
        guard let most = command.money.maxCost, let model = plan.model else { return }
        let prices = plan.via == nil ? context.prices : context.batchPrices
        guard let price = prices.most(inputTokens: 0, outputTokens: 1_000_000, model: model) else {
            throw Failure(.configuration, ModelPrices.unknown(model))
        }
        plan.limitsMoney = true
        guard plan.outputTokens == nil else { return }
        let fifth = price > 0 ? most / 5 / (price / 1_000_000) : .infinity
        plan.outputTokens = fifth < 4096 ? max(256, Int(fifth)) : 4096
    }

    private func readPolicy(_ path: String) throws -> BatchPlan.NamedPolicy {
        BatchPlan.NamedPolicy(
            name: path,
            entries: try Context.policyEntries(ofFile: path).map { BatchPlan.Entry(key: $0.key, value: $0.value) })
    }
}

extension BatchInput {
    /// The input of a plan; standard input without one.
    init(_ input: BatchPlan.Input?, skipping directory: String?) {
        guard let input else {
            self = .lines(PromptLines(descriptor: OpenFile.standardInput.number, name: "standard input"))
            return
        }
        self =
            input.isFolder
            ? .folder(
                PromptFolder(
                    path: input.path, include: input.include, exclude: input.exclude,
                    skipping: directory.map { [$0] } ?? []))
            : .lines(PromptLines(path: input.path))
    }
}

extension OpenStore {
    func batches(of context: Context) -> BatchStore {
        let redactor = context.redactor
        return BatchStore(pool: pool, user: context.settings.user, redact: { redactor.redacted($0) })
    }
}
