internal import Assistant
internal import Concurrency
internal import FoundationEssentials
internal import JSON
internal import BatchQueue
internal import Memory

/// Words a run's ending for the queue: done, to be tried again, failed for good, or a reason to pause.
struct BatchOutcome: Sendable {
    let plan: BatchPlan
    let item: ClaimedItem
    let model: String
    /// Its answers cost something.
    let isPriced: Bool
    /// Something was sent to the endpoint.
    var hasCalled = true
    /// When the last call was sent.
    var lastBegun: ContinuousClock.Instant?
    /// It has changed something: begun anew it might do that twice.
    var hasChanged = false
    /// It wanted more money than there will ever be.
    var isHopeless = false

    /// Servers that want a longer wait than this have run out of something.
    private static let longestWait = Duration.seconds(120)

    func ending(of answer: Answer) -> ItemEnding {
        var outcome = ItemOutcome(
            position: item.position, attempt: item.attempt, state: .failed, answer: nil, run: answer.run.uuid,
            model: model, inputTokens: answer.usage.inputTokens, outputTokens: answer.usage.outputTokens,
            cost: answer.costInUSD, tools: Self.tools(answer))
        // A server that does not say what it used is taken to have used what was reserved.
        if isPriced, answer.usage.totalTokens == 0 { outcome.cost = nil }
        switch answer.failure {
        case nil where answer.state == .parked:
            outcome.state = .parked
            outcome.error = answer.parked.map(\.reason).joined(separator: "; ")
            outcome.answer = answer.text
            outcome.mayHaveCost = isPriced && outcome.cost == nil
        case nil:
            outcome.state = .done
            outcome.answer = answer.text
            outcome.mayHaveCost = isPriced && outcome.cost == nil
        case .interrupted:
            outcome.state = .pending
            outcome.mayHaveCost = hasCalled
        case .engine(let error): return ending(of: error, outcome)
        case .journal(let error):
            outcome.error = error.message
            if error.kind == .unavailable || error.kind == .cancelled { outcome.state = .pending }
            outcome.mayHaveCost = hasCalled
        case .limit(RunFailure.sharedMoney) where !hasCalled && !isHopeless:
            // Others have reserved what there is; some of it comes back. Not to all at once: they would be in each
            // other's way again.
            outcome.state = .pending
            outcome.wait = .milliseconds(Int.random(in: 200...2000))
        case .some(let failure):
            outcome.error = failure.words
            outcome.mayHaveCost = hasCalled && isPriced && outcome.cost == nil
        }
        return .ended(outcome)
    }

    private func ending(of error: EngineError, _ outcome: ItemOutcome) -> ItemEnding {
        var outcome = outcome
        outcome.error = error.message
        switch error.kind {
        case .cancelled:
            outcome.state = .pending
            outcome.mayHaveCost = hasCalled
            return .ended(outcome)
        case .configuration where item.options.model != nil:
            // A model of its own that does not exist is its own mistake.
            return .ended(outcome)
        case .quota, .configuration:
            outcome.state = .pending
            return .blocked(outcome, reason: error.message)
        case .rateLimited:
            outcome.state = .pending
            if let wait = error.retryAfter, wait > Self.longestWait {
                let minutes = Int(wait.components.seconds / 60)
                return .blocked(outcome, reason: "\(error.message) It asks to wait \(minutes) minutes.")
            }
            outcome.wait = error.retryAfter ?? .milliseconds(Int.random(in: 200...1200))
            return .refused(outcome, EndpointTrouble(error, begun: lastBegun))
        case .unavailable where error.wasNotReached && !hasChanged, .timedOut where error.wasNotReached && !hasChanged:
            outcome.state = .pending
            outcome.wait = .milliseconds(Int.random(in: 200...1200))
            return .refused(outcome, EndpointTrouble(error, begun: lastBegun))
        case .timedOut, .malformed, .unavailable:
            outcome.mayHaveCost = hasCalled && error.mayHaveCost
            guard !hasChanged else {
                outcome.error = "\(error.message) It had changed something before, so it is not begun anew by itself."
                return .ended(outcome)
            }
            outcome = tryAgain(outcome, after: error.retryAfter)
            // An answer that makes no sense says nothing of the next call's, nor does a tool that took all the time.
            let isOfEndpoint = error.kind == .unavailable || (error.kind == .timedOut && error.mayHaveCost)
            return isOfEndpoint
                ? .troubled(outcome, EndpointTrouble(error, begun: lastBegun)) : .ended(outcome)
        case .refused: return .ended(outcome)
        }
    }

    /// Puts it back, later each time, unless it was tried often enough.
    private func tryAgain(_ outcome: ItemOutcome, after wait: Duration? = nil) -> ItemOutcome {
        var outcome = outcome.triedAgain(after: item.failures, most: plan.attempts)
        guard outcome.state == .pending else { return outcome }
        outcome.wait = min(wait ?? .milliseconds(500) * (1 << min(item.failures, 6)), Self.longestWait)
        return outcome
    }

    /// An earlier attempt had its answer, and died before it could say so.
    static func outcome(of run: StoredRun, _ item: ClaimedItem) -> ItemOutcome {
        let calls = ([run] + run.children).flatMap { run in run.toolCalls.map { (run.agent, $0) } }
        let tools = calls.map { (agent, call) -> JSON in
            let took = call.endedAt.map { $0.timeIntervalSince(call.startedAt) * 1000 } ?? 0
            return [
                "agent": .string(agent), "tool": .string(call.call.name), "state": .string(call.state.rawValue),
                "duration_ms": .integer(Int(took)),
            ]
        }
        return ItemOutcome(
            position: item.position, attempt: item.attempt, state: run.state == .parked ? .parked : .done,
            answer: run.messages.first { $0.role == .assistant }?.content,
            error: run.state == .parked ? "a call needs an approval" : nil, run: run.id.uuid, model: run.model,
            inputTokens: run.usage.inputTokens, outputTokens: run.usage.outputTokens, cost: run.costInUSD,
            tools: .array(tools))
    }

    private static func tools(_ answer: Answer) -> JSON {
        .array(
            answer.tools.map { use in
                [
                    "agent": .string(use.agent), "tool": .string(use.tool), "state": .string(use.state.rawValue),
                    "duration_ms": .integer(Int(use.took.milliseconds)),
                ]
            })
    }
}
