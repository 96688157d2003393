/// Drives one run: model, calls, model, … until an answer, a limit or a failure.
struct RunLoop: Sendable {
    let scope: RunScope
    let model: any ChatModel
    let executor: CallExecutor
    let prices: ModelPrices
    /// The tools as the model is shown them.
    let offered: [ToolDescription]

    var context: RunContext { executor.context }

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
                let written = response.calls.isEmpty ? Self.written(response, offered) : .none
                if let limit {
                    return Ending(
                        state: .limited, text: written == .none ? response.text : nil, failure: .limit(limit))
                }
                if case .unclear(let why) = written, response.ending == .whole, !offered.isEmpty {
                    history.noteUnclear()
                    if let ending = Self.ending(after: [], history) { return ending }
                    messages.append(.assistant(text: response.text, calls: [], given: response.given))
                    messages.append(.user(WrittenCall.correction(why, tools: offered)))
                    step += 1
                    continue
                }
                guard !response.calls.isEmpty else { return Self.ending(of: response, isCall: written != .none) }
                if Task.isCancelled { return Ending(state: .interrupted, failure: .interrupted) }
                messages.append(.assistant(text: response.text, calls: response.calls, given: response.given))
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

    func firstRequest(_ opening: [ChatMessage]) -> ChatRequest {
        ChatRequest(messages: opening, tools: offered, maxOutputTokens: context.request.limits.maxOutputTokens)
    }
}
