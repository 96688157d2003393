internal import Concurrency
internal import FoundationEssentials

extension RunLoop {
    /// The next model call. At a limit it is the last one: no tools, and a word why.
    func ask(_ messages: [ChatMessage], step: Int, limit: String?) async throws(RunFailure) -> ChatResponse {
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
        // What is said is printed and stored; what a call is made with stays as the model wrote it.
        response.text = response.text.map(executor.redact)
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
            try await shielded(for: CallExecutor.grace) { () async throws(JournalError) in
                try await journal.record(step: record)
            }
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
        let words = StreamedWords(redact: executor.redact) { observer.observe(.text($0)) }
        let result = await within(patience) { () -> Result<ChatResponse, EngineError> in
            do throws(EngineError) {
                return .success(try await model.respond(to: request) { text in if isHeard { words.feed(text) } })
            } catch {
                return .failure(error)
            }
        }
        words.finish()
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
