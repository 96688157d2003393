internal import FoundationEssentials
internal import Synchronization

/// What the root run and its child runs share.
final class RunContext: Sendable {
    /// The root run.
    let run: RunID
    let request: Request
    let budget: RunBudget
    let results: ResultPager
    let spending: (any SpendingLimit)?
    let uses: (any UseLimit)?
    private let collected = Mutex(Collected())

    private struct Collected {
        var tools: [ToolUse] = []
        var parked: [ParkedCall] = []
        var timings = RunTimings()
        var storeFailure: JournalError?
    }

    init(
        run: RunID, request: Request, maxResultTokens: Int, spending: (any SpendingLimit)? = nil,
        uses: (any UseLimit)? = nil
    ) {
        self.run = run
        self.request = request
        budget = RunBudget(limits: request.limits)
        results = ResultPager(maxTokens: maxResultTokens)
        self.spending = spending
        self.uses = uses
    }

    var tools: [ToolUse] { collected.withLock { $0.tools } }
    var parked: [ParkedCall] { collected.withLock { $0.parked } }
    var timings: RunTimings { collected.withLock { $0.timings } }

    /// What a delegate's journal said: it ends the whole run.
    var storeFailure: JournalError? { collected.withLock { $0.storeFailure } }

    func note(storeFailure: JournalError) {
        collected.withLock { $0.storeFailure = $0.storeFailure ?? storeFailure }
    }

    func add(_ use: ToolUse) { collected.withLock { $0.tools.append(use) } }
    func add(_ parked: ParkedCall) { collected.withLock { $0.parked.append(parked) } }

    func addTime(_ part: any WritableKeyPath<RunTimings, Duration> & Sendable, _ duration: Duration) {
        collected.withLock { $0.timings[keyPath: part] += duration }
    }
}
