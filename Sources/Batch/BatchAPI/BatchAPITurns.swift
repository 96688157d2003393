package import Assistant
package import BatchQueue
internal import FoundationEssentials
package import Memory
internal import OpenAI
internal import Store

/// Why an item cannot be sent: it fails with this sentence.
package struct UnsendableItem: Error, Sendable, Hashable {
    package let reason: String

    package init(reason: String) { self.reason = reason }
}

/// What the items of a batch ask of a model when they go through a Batch API, and what an answer means for them: a turn
/// like any other, but without tools.
package struct BatchAPITurns: Sendable {
    /// What an item asks, with its limits.
    package typealias Asking =
        @Sendable (_ prompt: String, _ options: ItemOptions) async throws(UnsendableItem) -> Request

    /// Of items that name none.
    package let model: String
    private let prices: ModelPrices
    private let limitsMoney: Bool
    private let mostFailures: Int
    private let memory: MemoryStore
    private let journal: any Journal
    private let redact: @Sendable (String) -> String
    private let asking: Asking

    /// `prices` are those of the Batch API. `limitsMoney`: nothing without a price and a longest answer is sent. An item
    /// that has failed `mostFailures` times has failed for good.
    package init(
        model: String, prices: ModelPrices, limitsMoney: Bool, mostFailures: Int, memory: MemoryStore,
        journal: any Journal,
        redact: @escaping @Sendable (String) -> String, asking: @escaping Asking
    ) {
        self.model = model
        self.prices = prices
        self.limitsMoney = limitsMoney
        self.mostFailures = mostFailures
        self.memory = memory
        self.journal = journal
        self.redact = redact
        self.asking = asking
    }

    /// Removes what a process that died had begun to write of the turns of these items.
    func forget(_ items: [ClaimedItem], of batch: UUID) async throws(StoreError) {
        try await memory.remove(items.map { Self.run(of: $0, batch) })
    }

    func leftovers(isFailure: Bool) -> BatchAPILeftovers { .again(isFailure: isFailure, most: mostFailures) }

    // MARK: Questions

    /// A line of a file, and the most that its answer may cost in US dollars.
    struct Line: Sendable {
        let text: String
        let cost: Double
    }

    func line(
        position: Int, attempt: Int, prompt: String, options: ItemOptions, in remote: StoredAPIBatch
    ) async throws(UnsendableItem) -> Line {
        let model = remote.model
        var request = try await asking(prompt, options)
        request.askedAt = remote.createdAt
        let chat = try chatRequest(request, options, model)
        let most = prices.most(for: chat, model: model)
        if limitsMoney, most == nil {
            throw UnsendableItem(reason: ModelPrices.unknown(model))
        }
        return Line(
            text: ChatBatchLine.text(id: Self.id(position, attempt), request: chat, model: model), cost: most ?? 0)
    }

    /// Limits that elsewhere stop a run between two calls bound the answer of the only one.
    private func chatRequest(
        _ request: Request, _ options: ItemOptions, _ model: String
    ) throws(UnsendableItem) -> ChatRequest {
        guard let roster = AgentRoster.withoutTools(request.agent),
            var chat = assistant(answering: nil, roster, model).firstRequest(of: request)
        else { throw UnsendableItem(reason: "there is no agent \(request.agent ?? "")") }
        var longest = [chat.maxOutputTokens].compactMap(\.self)
        let sent = chat.mostInputTokens
        if let most = options.maxTokens { longest.append(most - chat.likelyInputTokens) }
        if let most = options.maxCost,
            let token = prices.most(inputTokens: 0, outputTokens: 1_000_000, model: model),
            let prompt = prices.most(inputTokens: sent, outputTokens: 0, model: model), token > 0
        {
            longest.append(Int(min(1e9, max(-1, (most - prompt) / token * 1e6))))
        }
        chat.maxOutputTokens = longest.min()
        if let most = chat.maxOutputTokens, most < 1 {
            throw UnsendableItem(reason: "its limits leave nothing for an answer")
        }
        return chat
    }

    // MARK: Answers

    /// What came of a line. `blocked`: nothing more is to be sent before a person has looked.
    func deliver(
        _ result: ChatBatchResult, to item: ClaimedItem, of batch: UUID, in remote: StoredAPIBatch
    ) async -> (outcome: ItemOutcome, blocked: EngineError?) {
        var outcome = ItemOutcome(position: item.position, attempt: item.attempt, state: .failed, model: remote.model)
        if case .failure(let error) = result.outcome {
            outcome.error = error.message
            switch error.kind {
            case _ where result.wasNotTried: return (tryAgain(outcome, item), nil)
            case .quota:
                outcome.state = .pending
                return (outcome, error)
            case .unavailable, .rateLimited, .cancelled: return (tryAgain(outcome, item), nil)
            case .timedOut, .malformed:
                outcome.mayHaveCost = true
                return (tryAgain(outcome, item), nil)
            case .refused, .configuration: break
            }
        }
        return (await turn(result, outcome, item, batch, remote), nil)
    }

    /// Journals the turn as every other one.
    private func turn(
        _ result: ChatBatchResult, _ outcome: ItemOutcome, _ item: ClaimedItem, _ batch: UUID,
        _ remote: StoredAPIBatch
    ) async -> ItemOutcome {
        var outcome = outcome
        var request: Request
        do throws(UnsendableItem) {
            request = try await asking(item.prompt, item.options)
            request.askedAt = remote.createdAt
            // What was bounded was bounded when it was sent; the journal says how.
            let chat = try chatRequest(request, item.options, remote.model)
            request.limits.maxOutputTokens = chat.maxOutputTokens
            request.limits.maxCostInUSD = nil
        } catch {
            outcome.error = error.reason
            outcome.mayHaveCost = true
            return outcome
        }
        request.run = Self.run(of: item, batch)
        guard let roster = AgentRoster.withoutTools(request.agent) else { return outcome }
        let answer = await assistant(answering: result.outcome, roster, remote.model).handle(request)
        outcome.run = answer.run.uuid
        outcome.inputTokens = answer.usage.inputTokens
        outcome.outputTokens = answer.usage.outputTokens
        outcome.cost = answer.costInUSD
        // A server that does not say what it used is taken to have used what was reserved.
        if case .success = result.outcome, answer.usage.totalTokens == 0 || answer.costInUSD == nil {
            outcome.cost = nil
            outcome.mayHaveCost = true
        }
        switch answer.failure {
        case nil:
            outcome.state = .done
            outcome.answer = answer.text
        case .journal, .interrupted:
            // Not stored: its line is taken again.
            outcome.state = .running
            outcome.error = answer.failure?.words
        case .engine(let error) where error.kind == .malformed:
            outcome.error = error.message
            return tryAgain(outcome, item)
        case .some(let failure): outcome.error = failure.words
        }
        return outcome
    }

    /// Puts it back, unless it was tried often enough.
    private func tryAgain(_ outcome: ItemOutcome, _ item: ClaimedItem) -> ItemOutcome {
        outcome.triedAgain(after: item.failures, most: mostFailures)
    }

    private func assistant(
        answering answer: Result<ChatResponse, EngineError>?, _ roster: AgentRoster, _ model: String
    ) -> Assistant {
        Assistant(
            model: AnsweredModel(name: model, answer: answer), roster: roster, tools: [], journal: journal,
            approver: AbsentApprover(), prices: prices, redact: redact)
    }

    // MARK: Names

    /// What a line is known by: which item, under which attempt.
    static func id(_ position: Int, _ attempt: Int) -> String { "\(position)-\(attempt)" }

    static func place(ofID id: String) -> (position: Int, attempt: Int)? {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let position = Int(parts[0]), let attempt = Int(parts[1]) else { return nil }
        return (position, attempt)
    }

    static func run(of item: ClaimedItem, _ batch: UUID) -> RunID {
        RunID.attempt(item.attempt, atItem: item.position, of: batch)
    }
}

/// A model that has answered already.
private struct AnsweredModel: ChatModel {
    let name: String
    let answer: Result<ChatResponse, EngineError>?

    func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        guard let answer else { throw EngineError(.unavailable, "This model has nothing to say.") }
        var response = try answer.get()
        // No tool was offered: a call of one is no answer.
        response.calls = []
        if let text = response.text { onText(text) }
        return response
    }
}
