internal import Store
internal import Application
internal import Assistant
internal import FoundationEssentials
internal import Git
internal import HTTP
internal import JSON
internal import BatchQueue
internal import Memory
internal import OpenAI
internal import Redaction
internal import Settings
internal import Tools

/// Carries out one item of a batch: a run like any other, without a person, whose ending is worded for the queue.
struct BatchItemWork: Sendable {
    let context: Context
    let store: OpenStore
    let plan: BatchPlan
    let worker: BatchWorker
    let repositories: RepositoryPool
    let ownStatus: WorkerStatus

    func carryOut(_ item: ClaimedItem, through limiter: ConcurrencyLimiter) async -> ItemEnding {
        do {
            return try await work(on: item, through: limiter)
        } catch let error as StoreError where error.kind == .unavailable || error.kind == .cancelled {
            return .ended(ItemOutcome(position: item.position, attempt: item.attempt, state: .pending))
        } catch {
            var outcome = ItemOutcome(position: item.position, attempt: item.attempt, state: .failed)
            outcome.error = Failure(any: error).message
            return .ended(outcome)
        }
    }

    private func work(on item: ClaimedItem, through limiter: ConcurrencyLimiter) async throws -> ItemEnding {
        let options = item.options
        let deadline = Duration.seconds(min(options.maxSeconds ?? plan.deadline, plan.deadline))
        let clock = ItemClock(limit: deadline)
        let place = try await repositories.place(options.repository)
        let limited = LimitedModel(
            try self.model(named: options.model, in: place, limiter), limiter: limiter, clock: clock)
        var model: any ChatModel = RetryingModel(limited, limiter: limiter, attempts: plan.attempts)
        if item.attempt > item.firstAttempt {
            let earlier = try await store.memory.earlierAttempt(
                before: item.attempt, since: item.firstAttempt, atItem: item.position, of: worker.batch,
                asking: item.prompt)
            switch earlier {
            case nil: break
            case .ended(let run): return .ended(BatchOutcome.outcome(of: run, item))
            case .cutOff(let answers): model = store.memory.replaying(answers, over: model)
            case .hadEffects(let run):
                var outcome = ItemOutcome(position: item.position, attempt: item.attempt, state: .failed)
                outcome.error =
                    "an earlier attempt had begun to change something and did not come to its end; "
                    + "look at `vocero show \(run)`, then `vocero batch retry` does it anew"
                outcome.run = run.uuid
                return .ended(outcome)
            }
        }
        let policy = try plan.policy(options.policy)
        let spending = plan.limitsMoney ? BatchSpending(worker: worker, item: item) : nil
        let assistant = context.assistant(
            model: model, roster: plan.roster(options.agent), tools: place.tools.map { TimedTool($0, clock: clock) },
            journal: store.journal, policy: Policy(file: try policy?.file()), spending: spending,
            uses: policy.map { BatchUses(worker: worker, item: item, policy: $0) })
        var request = request(item.prompt, options, repository: place.repositoryName)
        request.run = RunID.attempt(item.attempt, atItem: item.position, of: worker.batch)
        let answer = await assistant.handle(request)
        let words = BatchOutcome(
            plan: plan, item: item, model: model.name, isPriced: isPriced(model.name), hasCalled: limited.hasCalled,
            lastBegun: limited.lastBegun,
            hasChanged: answer.tools.contains { use in
                Toolbox.writingToolNames.contains(use.tool) && [.executing, .succeeded, .unknown].contains(use.state)
            },
            isHopeless: await spending?.isHopeless ?? false)
        let ending = words.ending(of: answer)
        if case .blocked = ending, case .engine(let error) = answer.failure {
            ownStatus.note(block: Failure(error).kind)
        }
        return ending
    }

    /// What an item asks, with the limits of the batch and its own.
    func request(_ prompt: String, _ options: ItemOptions, repository: String?) -> Request {
        let settings = context.settings
        let session = options.session
        return Request(
            text: prompt, source: .batch, mode: .unattended,
            agent: options.agent ?? plan.agent, session: session.map(SessionSelection.key) ?? .new,
            repository: repository,
            limits: RunLimits(
                maxSteps: options.maxSteps ?? settings.limits.steps,
                maxToolCalls: settings.limits.toolCalls,
                maxTokens: options.maxTokens ?? settings.limits.tokens,
                maxCostInUSD: options.maxCost ?? settings.limits.cost,
                // The deadline is that of its work (``ItemClock``): an item may wait for its turn.
                maxWallTime: .seconds(plan.deadline) + .seconds(86_400),
                // Items do not depend on what was done before them, unless they say so.
                maxContextTokens: session == nil ? 0 : settings.context.tokens, maxOutputTokens: plan.outputTokens))
    }

    private func isPriced(_ model: String) -> Bool {
        context.prices.most(inputTokens: 1_000, outputTokens: 1_000, model: model).map { $0 > 0 } ?? false
    }

    private func model(
        named name: String?, in place: RepositoryPool.Place, _ limiter: ConcurrencyLimiter
    ) throws(Failure) -> any ChatModel {
        guard let planned = plan.model else { return context.offlineModel(of: place.repository) }
        guard let endpoint = context.settings.chat.endpoint else {
            throw Failure(
                .configuration, "this batch asks \(planned), and no endpoint is configured here; set OPENAI_API_KEY")
        }
        let model = name ?? planned
        if plan.limitsMoney, !context.prices.hasPrice(of: model) {
            throw Failure(.configuration, ModelPrices.unknown(model))
        }
        let deadline = Duration.seconds(plan.deadline)
        // The queue itself waits and tries again, at the pace of all items.
        let client = context.client(
            for: endpoint, attempts: 1,
            deadlines: HTTPDeadlines(connect: .seconds(10), idle: max(deadline, .seconds(300)), total: deadline)
        ) { limiter.note(.limits($0)) }
        return OpenAIChatModel(client: client, model: model, streams: false)
    }
}
