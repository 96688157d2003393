internal import Concurrency
internal import FoundationEssentials
internal import JSON

/// Drives one run: model, calls, model, … until an answer, a limit or a failure.
struct RunLoop: Sendable {
    let scope: RunScope
    let model: any ChatModel
    let executor: CallExecutor
    let prices: ModelPrices
    /// The tools as the model is shown them.
    let offered: [ToolDescription]

    /// How a run ended.
    struct Ending: Sendable {
        var state: RunState
        var text: String?
        var failure: RunFailure?
        /// Of this run's own model calls, its child runs' not counted.
        var usage = Usage()
    }

    private var context: RunContext { executor.context }

    func run(_ opening: [ChatMessage]) async -> Ending {
        var usage = Usage()
        var ending = await run(opening, usage: &usage)
        ending.usage = usage
        return ending
    }

    private func run(_ opening: [ChatMessage], usage: inout Usage) async -> Ending {
        var messages = opening
        var history = CallHistory()
        var step = 0
        if let parts = context.request.parts, scope.isRoot {
            do throws(RunFailure) {
                let summaries = try await summaries(of: parts)
                messages.append(summaries.message)
                usage = summaries.usage
                step = parts.texts.count
            } catch {
                return Self.ending(of: error)
            }
        }
        while true {
            if Task.isCancelled { return Ending(state: .interrupted, failure: .interrupted) }
            let limit = context.budget.reachedLimit()
            do {
                let response = try await ask(messages, step: step, limit: limit)
                usage = usage + response.usage
                if let limit {
                    return Ending(state: .limited, text: response.text, failure: .limit(limit))
                }
                guard !response.calls.isEmpty else { return Self.ending(of: response) }
                if Task.isCancelled { return Ending(state: .interrupted, failure: .interrupted) }
                messages.append(.assistant(text: response.text, calls: response.calls))
                let outcomes = try await carryOut(response.calls, step: step, history: &history)
                for (call, outcome) in zip(response.calls, outcomes) {
                    messages.append(.tool(callID: call.id, content: outcome.output))
                }
                if let ending = Self.ending(after: outcomes, history) { return ending }
            } catch {
                return Self.ending(of: error)
            }
            step += 1
        }
    }

    /// The next model call. At a limit it is the last one: no tools, and a word why.
    private func ask(_ messages: [ChatMessage], step: Int, limit: String?) async throws(RunFailure) -> ChatResponse {
        var request = ChatRequest(
            messages: messages, tools: limit == nil ? offered : [],
            maxOutputTokens: context.request.limits.maxOutputTokens)
        if let limit {
            request.messages.append(
                .system("The limit of \(limit) is reached. Answer now with what is known, and say what is left undone.")
            )
        }
        try await reserveMoney(for: [request])
        return try await call(request, step: step, isLast: limit != nil, isHeard: scope.isRoot)
    }

    /// Where money is shared by many runs: the most that these calls may cost.
    func reserveMoney(for requests: [ChatRequest]) async throws(RunFailure) {
        guard let spending = context.spending else { return }
        let most = requests.map { prices.most(for: $0, model: model.name) ?? .infinity }.reduce(0, +)
        guard await spending.allows(most, after: context.budget.costInUSD ?? .infinity) else {
            throw .limit(RunFailure.sharedMoney)
        }
    }

    /// One model call, recorded before anything it asks for happens. `isHeard`: whoever waits sees its text arrive.
    func call(
        _ request: ChatRequest, step: Int, isLast: Bool = false, isHeard: Bool
    ) async throws(RunFailure) -> ChatResponse {
        let started = Date.now
        let clock = ContinuousClock.now
        var response = try await respond(to: request, isLast: isLast, isHeard: isHeard)
        context.addTime(\.model, ContinuousClock.now - clock)
        response.calls = Self.withDistinctIDs(response.calls, step: step, after: request.messages)
        let cost =
            prices.cost(ofCall: response.usage, model: response.model)
            ?? prices.cost(ofCall: response.usage, model: model.name)
        context.budget.addStep(response.usage, costInUSD: cost)
        let record = StepRecord(
            run: scope.run, index: step, request: request, response: response, costInUSD: cost, startedAt: started,
            endedAt: .now)
        let journal = executor.journal
        do throws(JournalError) {
            try await shielded { () async throws(JournalError) in try await journal.record(step: record) }
        } catch {
            throw .journal(error)
        }
        return response
    }

    /// Within the wall time that is left; the last call of a run at its limit gets half a minute.
    private func respond(
        to request: ChatRequest, isLast: Bool, isHeard: Bool
    ) async throws(RunFailure) -> ChatResponse {
        let model = model
        let observer = executor.observer
        let patience =
            isLast ? max(.seconds(30), context.budget.remainingWallTime()) : context.budget.remainingWallTime()
        let result = await within(patience) { () -> Result<ChatResponse, EngineError> in
            do throws(EngineError) {
                return .success(
                    try await model.respond(to: request) { text in if isHeard { observer.observe(.text(text)) } })
            } catch {
                return .failure(error)
            }
        }
        // An answer that came is paid for: it is kept also when the run was interrupted meanwhile.
        guard let result else {
            throw Task.isCancelled
                ? .interrupted : .limit("\(context.request.limits.maxWallTime.components.seconds) seconds")
        }
        do throws(EngineError) {
            return try result.get()
        } catch {
            throw error.kind == .cancelled ? .interrupted : .engine(error)
        }
    }

    func firstRequest(_ opening: [ChatMessage]) -> ChatRequest {
        ChatRequest(messages: opening, tools: offered, maxOutputTokens: context.request.limits.maxOutputTokens)
    }

    /// Reads that stand beside each other run together; writes run alone and in the order of the calls.
    private func carryOut(
        _ calls: [ToolCall], step: Int, history: inout CallHistory
    ) async throws(RunFailure) -> [CallExecutor.Outcome] {
        var outcomes: [CallExecutor.Outcome] = []
        while outcomes.count < calls.count {
            let start = outcomes.count
            let reads = calls[start...].prefix { isRead($0) && !history.repeatsFailure($0) }
            let group = reads.isEmpty ? calls[start...start] : reads
            let places = group.indices.map { CallExecutor.Place(scope: scope, step: step, index: $0, call: calls[$0]) }
            let refuse = history.repeatsFailure(calls[start])
            let results = await withTaskGroup(of: (Int, Result<CallExecutor.Outcome, JournalError>).self) { tasks in
                for (offset, place) in places.enumerated() {
                    tasks.addTask { (offset, await attempt(place, repeatsFailure: refuse)) }
                }
                return await tasks.reduce(into: [Int: Result<CallExecutor.Outcome, JournalError>]()) { $0[$1.0] = $1.1 }
            }
            for offset in places.indices {
                guard let result = results[offset] else { continue }
                do throws(JournalError) {
                    let outcome = try result.get()
                    history.note(calls[start + offset], state: outcome.state)
                    outcomes.append(outcome)
                } catch {
                    throw .journal(error)
                }
            }
        }
        return outcomes
    }

    /// A delegate's own calls may write, so it takes its turn as a write does.
    private func isRead(_ call: ToolCall) -> Bool {
        guard let tool = executor.tools[call.name], !(tool is any DelegateTool) else { return false }
        return tool.effect.isRead
    }

    private func attempt(
        _ place: CallExecutor.Place, repeatsFailure: Bool
    ) async -> Result<CallExecutor.Outcome, JournalError> {
        do throws(JournalError) {
            if repeatsFailure { return .success(try await executor.refuseRepetition(place)) }
            return .success(try await executor.execute(place))
        } catch {
            return .failure(error)
        }
    }

    private static func ending(after outcomes: [CallExecutor.Outcome], _ history: CallHistory) -> Ending? {
        if let unknown = outcomes.first(where: { $0.state == .unknown }) {
            return Ending(state: .unknown, failure: .outcomeUnknown(unknown.output))
        }
        if history.isStuck {
            let text = "the model made \(CallHistory.mostInvalidInARow) calls in a row that no tool understands"
            return Ending(state: .failed, failure: .toolErrors(text))
        }
        return nil
    }

    /// An answer that was cut off or held back is none; what there is of it is kept.
    private static func ending(of response: ChatResponse) -> Ending {
        switch response.finishReason {
        case "length":
            return Ending(state: .limited, text: response.text, failure: .limit("the model's longest answer"))
        case "content_filter":
            let error = EngineError(
                .refused, "The endpoint's content filter held the answer back; word it differently.")
            return Ending(state: .failed, text: response.text, failure: .engine(error))
        default: break
        }
        if response.text?.contains(where: { !$0.isWhitespace }) ?? false {
            return Ending(state: .done, text: response.text)
        }
        let error = EngineError(.malformed, "The endpoint gave an empty answer; try again, or choose another model.")
        return Ending(state: .failed, failure: .engine(error))
    }

    static func ending(of failure: RunFailure) -> Ending {
        switch failure {
        case .interrupted: Ending(state: .interrupted, failure: failure)
        case .journal(let error) where error.kind == .cancelled: Ending(state: .interrupted, failure: .interrupted)
        case .limit: Ending(state: .limited, failure: failure)
        default: Ending(state: .failed, failure: failure)
        }
    }

    /// Servers have been seen to repeat an id, in one response or in the next, or to leave it empty; each call of a
    /// run needs one of its own.
    private static func withDistinctIDs(
        _ calls: [ToolCall], step: Int, after messages: [ChatMessage]
    ) -> [ToolCall] {
        var seen: Set<String> = []
        for case .assistant(_, let earlier) in messages { seen.formUnion(earlier.map(\.id)) }
        return calls.enumerated().map { index, call in
            guard call.id.isEmpty || !seen.insert(call.id).inserted else { return call }
            return ToolCall(id: "call_\(step)_\(index)", name: call.name, arguments: call.arguments)
        }
    }
}
