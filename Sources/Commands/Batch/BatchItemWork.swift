internal import Assistant
internal import Batch
internal import Git
internal import JSON
internal import Memory
internal import OpenAI
internal import Redaction
internal import Settings
internal import Tools
internal import Workspace

/// Carries out one item of a batch: a run like any other, without a person, whose ending is worded for the queue.
struct BatchItemWork: Sendable {
    let context: Context
    let store: Store
    let workspace: Workspace?
    let repositoryName: String?
    let policy: PolicyFile?
    /// Longest time of one item.
    let deadline: Duration
    /// An item whose engine fails is tried so often.
    let mostAttempts: Int

    func carryOut(_ item: ClaimedItem) async -> ItemEnding {
        let options = item.options
        let redactor = context.redactor
        let toolbox = Toolbox(
            workspace: workspace, repository: context.repository, repositoryName: repositoryName, store: store.memory)
        let model = model(named: options["model"]?.string)
        let assistant = Assistant(
            model: model, tools: toolbox.tools, journal: store.journal, policy: Policy(file: policy),
            approver: AbsentApprover(), prices: context.prices, redact: { redactor.redacted($0) })
        let settings = context.settings.limits
        let seconds = options["max_seconds"]?.integer.map { Duration.seconds($0) }
        let request = Request(
            text: item.prompt, source: .batch, mode: .unattended, agent: options["agent"]?.string,
            session: options["session"]?.string.map(SessionSelection.key) ?? .new,
            repository: options["repository"]?.string ?? repositoryName,
            limits: RunLimits(
                maxSteps: options["max_steps"]?.integer ?? settings.steps, maxToolCalls: settings.toolCalls,
                maxTokens: options["max_tokens"]?.integer ?? settings.tokens,
                maxCostInUSD: [item.reserved, options["max_cost"]?.number].compactMap(\.self).min() ?? settings.cost,
                maxWallTime: min(seconds ?? deadline, deadline), maxContextTokens: 0))
        return ending(of: await assistant.handle(request), item, model: model.name)
    }

    private func model(named name: String?) -> any ChatModel {
        guard let endpoint = context.settings.chat.endpoint else { return OfflinePlanner() }
        // The queue itself waits and tries again, at the pace of all items.
        let client = context.client(for: endpoint, attempts: 1)
        return OpenAIChatModel(client: client, model: name ?? endpoint.model)
    }

    private func ending(of answer: Answer, _ item: ClaimedItem, model: String) -> ItemEnding {
        var outcome = ItemOutcome(
            position: item.position, attempt: item.attempt, state: .failed, answer: answer.text,
            error: nil, run: answer.run.uuid, model: model, inputTokens: answer.usage.inputTokens,
            outputTokens: answer.usage.outputTokens, cost: answer.costInUSD, tools: Self.tools(answer))
        switch answer.failure {
        case nil where answer.state == .parked:
            outcome.state = .parked
            outcome.error = answer.parked.map(\.reason).joined(separator: "; ")
        case nil: outcome.state = .done
        case .interrupted: outcome.state = .pending
        case .engine(let error): return ending(of: error, outcome, item)
        case .journal(let error) where error.kind == .unavailable: outcome.state = .pending
        case .some(let failure): outcome.error = CommandFailure(failure).message
        }
        return .ended(outcome)
    }

    private func ending(of error: EngineError, _ outcome: ItemOutcome, _ item: ClaimedItem) -> ItemEnding {
        var outcome = outcome
        outcome.error = error.message
        switch error.kind {
        case .cancelled:
            outcome.state = .pending
            return .ended(outcome)
        case .quota, .configuration:
            outcome.state = .pending
            return .blocked(outcome, reason: error.message)
        case .rateLimited:
            outcome.state = .pending
            outcome.wait = .seconds(1)
            return .refused(outcome, wait: .seconds(1))
        case .unavailable, .timedOut, .malformed:
            guard item.attempt < mostAttempts else { return .ended(outcome) }
            outcome.state = .pending
            outcome.wait = .milliseconds(500) * (1 << min(item.attempt, 6))
            return .ended(outcome)
        case .refused: return .ended(outcome)
        }
    }

    private static func tools(_ answer: Answer) -> JSON {
        .array(
            answer.tools.map { use in
                [
                    "agent": .string(use.agent), "tool": .string(use.tool), "state": .string(use.state.rawValue),
                    "milliseconds": .integer(Int(use.took.milliseconds)),
                ]
            })
    }
}
