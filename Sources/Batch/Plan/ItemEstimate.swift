internal import BatchQueue
internal import Assistant
internal import JSON
internal import OfflineModel

/// What an item may cost before it is sent: its words, and what goes with each prompt of its agent.
struct ItemEstimate: Sendable {
    private let plan: BatchPlan
    private let prices: ModelPrices
    /// Tokens of instructions and tools, by agent: about so many, and at most.
    private let frames: [String: (likely: Int, most: Int)]
    private let defaultAgent: String

    /// An answer that nobody has bounded, for `--dry-run`.
    static let usualAnswer = 500

    /// With the tools that agents have, and the journal of the store.
    init(
        plan: BatchPlan, prices: ModelPrices, tools: [any Tool], repositoryName: String?, journal: any Journal
    ) {
        self.plan = plan
        self.prices = prices
        let roster = AgentRoster.standard
        defaultAgent = plan.agent ?? roster.orchestrator.name
        var frames: [String: (likely: Int, most: Int)] = [:]
        for agent in roster.all {
            let assistant = Assistant(
                model: OfflinePlanner(), roster: plan.roster(agent.name), tools: tools, journal: journal,
                approver: AbsentApprover())
            let request = Request(text: "", agent: agent.name, repository: repositoryName)
            guard let first = assistant.firstRequest(of: request) else { continue }
            frames[agent.name] = (first.likelyInputTokens, first.mostInputTokens)
        }
        self.frames = frames
    }

    /// The most that the first model call may cost, in US dollars; nil when no limit of money was given.
    func most(_ prompt: String, _ agent: String?, _ model: String?) -> Double? {
        guard plan.limitsMoney, let model = model ?? plan.model, let output = plan.outputTokens else { return nil }
        let input = prompt.utf8.count + (frames[agent ?? defaultAgent]?.most ?? 0)
        return prices.most(inputTokens: input, outputTokens: output, model: model)
    }

    /// Of an item, for `--dry-run`.
    func item(_ prompt: String, _ options: ItemOptions) -> EstimatedItem {
        EstimatedItem(
            model: options.model ?? plan.model ?? OfflinePlanner.name, prompt: prompt,
            isRecording: options.recording != nil,
            instructionTokens: frames[options.agent ?? defaultAgent]?.likely ?? 0,
            outputTokens: min(plan.outputTokens ?? Self.usualAnswer, Self.usualAnswer))
    }
}
