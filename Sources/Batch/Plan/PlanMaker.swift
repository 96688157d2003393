internal import Application
internal import Assistant
internal import Files
internal import Settings

/// Makes a plan of what a person asks and what is configured.
struct PlanMaker {
    let context: Context
    let request: BatchRequest

    /// But for its input.
    func plan() throws -> BatchPlan {
        var plan = BatchPlan()
        if let endpoint = context.settings.chat.endpoint {
            plan.model = request.model ?? endpoint.model
        } else if let model = request.model {
            throw Failure(.configuration, "no endpoint is configured to ask \(model); set OPENAI_API_KEY")
        }
        plan.agent = request.agent
        if let agent = plan.agent, AgentRoster.standard.agent(named: agent) == nil {
            throw Failure(RunFailure.unknownAgent(agent, known: AgentRoster.standard.all.map(\.name)))
        }
        plan.usesTools = request.usesTools && !request.usesBatchAPI
        plan.policies = try request.policies.map(readPolicy)
        for policy in plan.policies { _ = try policy.file() }
        plan.repositories = try request.repositories.map { path in
            guard let real = try? FileSystem.realPath(context.absolute(path)) else {
                throw Failure(.noInput, "there is no \(path) for --repository")
            }
            return real
        }
        plan.language = request.language
        plan.bounds = BatchBounds(
            concurrency: request.concurrency ?? (plan.model == nil ? 4 : 64),
            requestsPerMinute: request.requestsPerMinute, tokensPerMinute: request.tokensPerMinute)
        plan.attempts = request.attempts
        plan.deadline = request.deadline ?? max(1, Int(context.settings.limits.duration.components.seconds))
        plan.lease = max(1, Int(context.settings.batchLease.components.seconds))
        plan.via = request.usesBatchAPI ? BatchPlan.batchAPI : nil
        if request.usesBatchAPI, plan.model == nil {
            throw Failure(
                .configuration, "--via openai-batch needs an endpoint with a Batch API; set OPENAI_API_KEY")
        }
        plan.outputTokens = request.answerTokens
        try limitMoney(&plan)
        return plan
    }

    /// Under a limit every answer has a longest length: without one nobody can say what a call may cost.
    private func limitMoney(_ plan: inout BatchPlan) throws {
        guard let most = request.maxCost, let model = plan.model else { return }
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
