internal import Application
internal import Assistant
internal import FoundationEssentials
internal import Hashing
internal import BatchQueue
internal import Memory

/// What a run would do and what it would cost.
package struct BatchForecast: Sendable {
    /// Of what is new or changed.
    package let costs: CostEstimate
    /// Items that were worked off already.
    package let unchanged: Int
    /// Things in the input that are no prompts.
    package let problems: Int
}

/// Counts what is new in an input, a group at a time, and what it would cost.
struct ForecastMaker {
    let context: Context
    let store: OpenStore
    let start: BatchStarter
    let observe: @Sendable (BatchEvent) -> Void

    func forecast() async throws -> BatchForecast {
        let plan = start.plan
        let batches = store.batches(of: context)
        let known = try await batches.find(start.name)
        let repositories = RepositoryPool(context: context, store: store.memory, plan: plan)
        let listed = PriceTable.listed
        let count = NewPrompts(
            estimate: ItemEstimate(
                plan: plan, prices: context.prices, in: try await repositories.place(nil), journal: store.journal),
            batches: batches, known: known?.id,
            costs: CostEstimate(
                prices: plan.via == nil ? context.prices : context.batchPrices, date: listed.date, dates: listed.dates),
            observe: observe)
        try await BatchInput(plan.input, skipping: start.place.output).read { try await count.take($0) }
        return try await count.forecast()
    }
}

private actor NewPrompts {
    private let estimate: ItemEstimate
    private let batches: BatchStore
    private let known: UUID?
    private let observe: @Sendable (BatchEvent) -> Void
    private var group: [BatchPrompt] = []
    private var costs: CostEstimate
    private var unchanged = 0
    private var problems = 0

    init(
        estimate: ItemEstimate, batches: BatchStore, known: UUID?, costs: CostEstimate,
        observe: @escaping @Sendable (BatchEvent) -> Void
    ) {
        self.estimate = estimate
        self.batches = batches
        self.known = known
        self.costs = costs
        self.observe = observe
    }

    func take(_ found: FoundPrompt) async throws {
        switch found {
        case .problem(let problem):
            problems += 1
            observe(.problem(problem))
        case .prompt(let prompt):
            group.append(prompt)
            if group.count >= 200 { try await count() }
        }
    }

    func forecast() async throws -> BatchForecast {
        try await count()
        return BatchForecast(costs: costs, unchanged: unchanged, problems: problems)
    }

    private func count() async throws {
        let prompts = group
        group = []
        var new = Set(prompts.map(\.name))
        if let known {
            let items = prompts.map { NewBatchItem(name: $0.name, hash: $0.hash.bytes, prompt: "", estimate: nil) }
            new = try await batches.new(items, in: known)
        }
        for prompt in prompts {
            if new.contains(prompt.name) {
                costs.add(estimate.item(prompt.text, prompt.options))
            } else {
                unchanged += 1
            }
        }
    }
}
