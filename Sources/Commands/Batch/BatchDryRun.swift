internal import Application
internal import Assistant
internal import Batch
internal import BatchQueue
internal import FoundationEssentials
internal import Hashing
internal import JSON
internal import Memory

/// `--dry-run`: what a run would do and what it would cost, with nothing sent and nothing changed.
struct BatchDryRun: Sendable {
    let context: Context
    let plan: BatchPlan
    let isJSON: Bool

    func run(_ name: String, _ place: BatchInput.Place) async throws {
        try await context.withStore { store in
            let batches = store.batches(of: context)
            let known = try await batches.find(name)
            let repositories = RepositoryPool(context: context, store: store.memory, plan: plan)
            let estimate = BatchItemEstimate(
                plan: plan, prices: context.prices, place: try await repositories.place(nil), journal: store.journal)
            let listed = PriceTable.listed
            let count = BatchDryCount(
                estimate: estimate, batches: batches, known: known?.id,
                costs: CostEstimate(
                    prices: plan.via == nil ? context.prices : context.batchPrices, date: listed.date,
                    dates: listed.dates))
            let input = BatchInput(plan.input, skipping: place.output)
            try await input.read { try await count.take($0, context.console) }
            try await count.flush()
            try await say(count)
        }
    }

    private func say(_ count: BatchDryCount) async throws {
        let (costs, done, problems) = (await count.costs, await count.done, await count.problems)
        if isJSON {
            var members = costs.json.object ?? [:]
            members["unchanged"] = .integer(done)
            members["problems"] = .integer(problems)
            try context.console.writeLine(JSON.object(members).text(pretty: true))
        } else {
            try context.console.write(costs.text)
            if done > 0 { try context.console.writeLine("Not counted: \(done) that were worked off already.") }
        }
        if problems > 0 { throw Ended(status: .failed) }
    }
}

/// Counts what is new, a group at a time.
private actor BatchDryCount {
    private let estimate: BatchItemEstimate
    private let batches: BatchStore
    private let known: UUID?
    private var group: [BatchPrompt] = []
    private(set) var costs: CostEstimate
    private(set) var done = 0
    private(set) var problems = 0

    init(estimate: BatchItemEstimate, batches: BatchStore, known: UUID?, costs: CostEstimate) {
        self.estimate = estimate
        self.batches = batches
        self.known = known
        self.costs = costs
    }

    func take(_ found: FoundPrompt, _ console: Console) async throws {
        switch found {
        case .problem(let problem):
            problems += 1
            console.notice(problem.description)
        case .prompt(let prompt):
            group.append(prompt)
            if group.count >= 200 { try await flush() }
        }
    }

    func flush() async throws {
        let prompts = group
        group = []
        var new = Set(prompts.map(\.name))
        if let known {
            let items = prompts.map {
                NewBatchItem(name: $0.name, hash: $0.hash.bytes, prompt: "", estimate: nil)
            }
            new = try await batches.new(items, in: known)
        }
        for prompt in prompts {
            if new.contains(prompt.name) { costs.add(estimate.item(prompt)) } else { done += 1 }
        }
    }
}
