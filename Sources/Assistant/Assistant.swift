internal import Concurrency
internal import FoundationEssentials
internal import JSON

/// Answers requests: opens the run, remembers, lets the agents work, closes the run. Commands, hooks and batch
/// workers all come through ``handle(_:)``; they differ in the request's mode and in the policy.
package struct Assistant: Sendable {
    private let model: any ChatModel
    private let roster: AgentRoster
    private let tools: [any Tool]
    private let journal: any Journal
    private let policy: Policy
    private let approver: any Approver
    private let observer: any RunObserver
    private let prices: ModelPrices
    private let spending: (any SpendingLimit)?
    private let uses: (any UseLimit)?
    private let redact: @Sendable (String) -> String

    /// `redact` takes secrets out of whatever a model is shown: the request, its files and every tool's output.
    package init(
        model: any ChatModel, roster: AgentRoster = .standard, tools: [any Tool], journal: any Journal,
        policy: Policy = Policy(), approver: any Approver, observer: any RunObserver = SilentObserver(),
        prices: ModelPrices = .listed, spending: (any SpendingLimit)? = nil, uses: (any UseLimit)? = nil,
        redact: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.model = model
        self.roster = roster
        self.tools = tools
        self.journal = journal
        self.policy = policy
        self.approver = approver
        self.observer = observer
        self.prices = prices
        self.spending = spending
        self.uses = uses
        self.redact = redact
    }

    /// Never throws: what went wrong is in the answer, beside what was said and done before.
    package func handle(_ request: Request) async -> Answer {
        let start = ContinuousClock.now
        var request = request
        request.text = redact(request.text)
        request.attachments = request.attachments.map { Attachment(name: $0.name, content: redact($0.content)) }
        if let parts = request.parts { request.parts?.texts = parts.texts.map(redact) }
        let run = request.run ?? RunID.make()
        let context = RunContext(
            run: run, request: request, maxResultTokens: model.maxResultTokens, spending: spending, uses: uses)
        guard let agent = request.agent.map({ roster.agent(named: $0) }) ?? roster.orchestrator else {
            let failure = RunFailure.unknownAgent(request.agent ?? "", known: roster.all.map(\.name))
            return answer(run, nil, RunLoop.Ending(state: .failed, failure: failure), context, since: start)
        }
        let opened: OpenedRun
        do throws(JournalError) {
            opened = try await journal.begin(opening(request, run: run, agent: agent))
        } catch {
            return answer(run, nil, RunLoop.ending(of: .journal(error)), context, since: start)
        }
        observer.observe(.started(run: run, sessionKey: opened.sessionKey))
        let scope = RunScope(run: run, agent: agent, isRoot: true)
        var ending: RunLoop.Ending
        do throws(JournalError) {
            let remembered = try await recall(for: opened, request, context)
            let opening = Conversation.opening(agent: agent, request: request, remembered: remembered)
            ending = await loop(scope, context).run(opening)
        } catch {
            ending = RunLoop.ending(of: .journal(error))
        }
        if ending.state == .done && !context.parked.isEmpty { ending.state = .parked }
        ending = await close(scope, ending, context)
        return answer(run, opened.sessionKey, ending, context, since: start)
    }

    /// What the first model call of a request would send, when nothing is remembered; nil for an unknown agent.
    package func firstRequest(of request: Request) -> ChatRequest? {
        guard let agent = request.agent.map({ roster.agent(named: $0) }) ?? roster.orchestrator else { return nil }
        var request = request
        request.text = redact(request.text)
        let scope = RunScope(run: request.run ?? .make(), agent: agent, isRoot: true)
        let context = RunContext(run: scope.run, request: request, maxResultTokens: model.maxResultTokens)
        return loop(scope, context).firstRequest(
            Conversation.opening(agent: agent, request: request, remembered: RecalledContext()))
    }

    private func opening(_ request: Request, run: RunID, agent: Agent) -> RunOpening {
        RunOpening(
            run: run, messageID: UUID.timeOrdered(), text: request.text, source: request.source, mode: request.mode,
            agent: agent.name, session: request.session, repository: request.repository, model: model.name,
            limits: request.limits, startedAt: .now)
    }

    private func recall(
        for run: OpenedRun, _ request: Request, _ context: RunContext
    ) async throws(JournalError) -> RecalledContext {
        guard request.limits.maxContextTokens > 0 else { return RecalledContext() }
        let start = ContinuousClock.now
        defer { context.addTime(\.recall, ContinuousClock.now - start) }
        let remembered = try await journal.recall(
            for: run, text: request.text, tokenBudget: request.limits.maxContextTokens)
        if !remembered.turns.isEmpty || !remembered.hits.isEmpty {
            observer.observe(.recalled(turns: remembered.turns.count, hits: remembered.hits.count))
        }
        return remembered
    }

    private func loop(_ scope: RunScope, _ context: RunContext) -> RunLoop {
        var usable: [any Tool] = tools
        // With no tools at all there are no results to read on in.
        if !(tools.isEmpty && roster.delegates.isEmpty) { usable.append(ResultReadTool(results: context.results)) }
        let own = scope.agent.tools(among: usable.map(\.declaration)).map(\.description)
        let ownNames = Set(own.map(\.name))
        usable = usable.filter { ownNames.contains($0.declaration.name) }
        var delegates: [any Tool] = []
        if scope.isRoot && scope.agent == roster.orchestrator {
            delegates = roster.delegates.sorted { $0.name < $1.name }.map { delegate in
                AgentDelegateTool(delegate) { (task, callID) async throws(ToolError) in
                    try await self.delegate(task, callID: callID, to: delegate, from: scope, context)
                }
            }
        }
        let executor = CallExecutor(
            tools: Dictionary(
                (usable + delegates).map { ($0.declaration.name, $0) }, uniquingKeysWith: { first, _ in first }),
            journal: journal, policy: policy, approver: approver, observer: observer, redact: redact,
            context: context)
        return RunLoop(
            scope: scope, model: model, executor: executor, prices: prices,
            offered: own + delegates.map(\.description))
    }

    /// A child run with what is left of the limits; its error reaches the parent word for word.
    private func delegate(
        _ task: String, callID: String, to agent: Agent, from parent: RunScope, _ context: RunContext
    ) async throws(ToolError) -> ToolResult {
        let scope = RunScope(run: .make(), agent: agent, isRoot: false)
        do throws(JournalError) {
            try await journal.beginChild(
                ChildRunOpening(
                    run: scope.run, parent: parent.run, parentCallID: callID, agent: agent.name, task: task,
                    model: model.name, limits: context.request.limits, startedAt: .now))
        } catch {
            context.note(storeFailure: error)
            throw ToolError(.failed, error.message)
        }
        let opening = Conversation.opening(agent: agent, task: task, request: context.request)
        let ending = await close(scope, await loop(scope, context).run(opening), context)
        if case .journal(let error)? = ending.failure { context.note(storeFailure: error) }
        switch ending.state {
        case .done, .parked, .limited, .running:
            if let text = ending.text { return ToolResult(text) }
            throw ToolError(.failed, ending.failure?.words ?? "\(agent.name) gave no answer")
        case .unknown: throw ToolError(.outcomeUnknown, ending.failure?.words ?? "the outcome is unknown")
        case .interrupted: throw ToolError(.cancelled, "interrupted")
        case .failed: throw ToolError(.failed, ending.failure?.words ?? "\(agent.name) failed")
        }
    }

    private func close(_ scope: RunScope, _ ending: RunLoop.Ending, _ context: RunContext) async -> RunLoop.Ending {
        // A child's answer reaches its parent as a call's output; only the root's is something that was said.
        let closing = RunClosing(
            run: scope.run, state: ending.state, messageID: UUID.timeOrdered(),
            answer: scope.isRoot ? ending.text : nil, usage: scope.isRoot ? context.budget.usage : ending.usage,
            costInUSD: scope.isRoot ? context.budget.costInUSD : prices.cost(of: ending.usage, model: model.name),
            reason: ending.failure?.words, endedAt: .now)
        let journal = journal
        do throws(JournalError) {
            try await shielded(for: CallExecutor.grace) { () async throws(JournalError) in
                try await journal.finish(closing)
            }
            return ending
        } catch {
            // What was said stays said; that it is not stored is the failure.
            var unstored = ending
            if unstored.failure == nil { unstored.failure = .journal(error) }
            return unstored
        }
    }

    private func answer(
        _ run: RunID, _ sessionKey: String?, _ ending: RunLoop.Ending, _ context: RunContext,
        since start: ContinuousClock.Instant
    ) -> Answer {
        var timings = context.timings
        timings.total = ContinuousClock.now - start
        return Answer(
            run: run, sessionKey: sessionKey, state: ending.state, text: ending.text, tools: context.tools,
            usage: context.budget.usage, costInUSD: context.budget.costInUSD, timings: timings,
            failure: ending.failure, parked: context.parked)
    }
}
