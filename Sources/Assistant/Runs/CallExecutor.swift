internal import Concurrency
internal import FoundationEssentials
internal import JSON

/// Takes one call of a model through its stations: known, well-formed, prepared, decided on, recorded,
/// carried out, recorded again. Whatever happens, exactly one output comes back.
struct CallExecutor: Sendable {
    let tools: [String: any Tool]
    let journal: any Journal
    let policy: Policy
    let approver: any Approver
    let observer: any RunObserver
    let redact: @Sendable (String) -> String
    let context: RunContext

    /// How long a record is tried to be stored after a person has said stop.
    static let grace = Duration.seconds(1)

    struct Outcome: Sendable {
        var state: ToolCallState
        var output: String
        var undo: JSON?
    }

    /// Where a call stands: enough to write its record.
    struct Place: Sendable {
        let scope: RunScope
        let step: Int
        let index: Int
        let call: ToolCall
    }

    func execute(_ place: Place) async throws(JournalError) -> Outcome {
        let call = place.call
        guard let tool = tools[call.name] else {
            let known = tools.keys.sorted().joined(separator: ", ")
            return try await refuse(place, .invalid, "unknown tool \(call.name); the tools are: \(known)")
        }
        let arguments: Arguments
        do throws(ToolError) {
            arguments = try Arguments(parsing: call.arguments, for: tool.declaration)
        } catch {
            return try await refuse(place, .invalid, error.message, tool: tool)
        }
        guard context.budget.addToolCall() else {
            return try await refuse(place, .denied, "the limit of tool calls is reached", tool: tool)
        }
        let shownArguments = arguments.json.mappingStrings(redact)
        observer.observe(.callStarted(agent: place.scope.agent.name, tool: call.name, arguments: shownArguments))
        let start = ContinuousClock.now
        let outcome = try await decideAndPerform(tool, arguments, place)
        let took = ContinuousClock.now - start
        // A delegate's time is that of its own model calls and tools, which are counted there.
        if !(tool is any DelegateTool) { context.addTime(\.tools, took) }
        context.add(
            ToolUse(
                agent: place.scope.agent.name, tool: call.name, arguments: shownArguments, state: outcome.state,
                took: took))
        observer.observe(
            .callFinished(
                agent: place.scope.agent.name, tool: call.name, state: outcome.state,
                summary: Self.firstLine(outcome.output), took: took))
        return outcome
    }

    /// The same call failed a moment ago: the model is told so instead of trying for ever.
    func refuseRepetition(_ place: Place) async throws(JournalError) -> Outcome {
        try await refuse(
            place, .invalid, "refused: this very call has just failed; change the arguments or go on without it",
            tool: tools[place.call.name])
    }

    private func decideAndPerform(
        _ tool: any Tool, _ arguments: Arguments, _ place: Place
    ) async throws(JournalError) -> Outcome {
        let prepared: PreparedCall
        do throws(ToolError) {
            prepared = try await tool.prepare(arguments)
        } catch {
            let state: ToolCallState = error.kind == .invalidArguments ? .invalid : .failed
            return try await refuse(place, state, "error: \(error.message)", tool: tool)
        }
        if let refusal = try await refusal(of: tool, arguments, prepared, place) {
            return try await refuse(place, refusal.state, refusal.reason, tool: tool, intent: prepared.intent)
        }
        return try await perform(prepared, tool, place)
    }

    /// Nil when the call may be carried out.
    private func refusal(
        of tool: any Tool, _ arguments: Arguments, _ prepared: PreparedCall, _ place: Place
    ) async throws(JournalError) -> (state: ToolCallState, reason: String)? {
        let name = tool.description.name
        if context.request.dryRun && !tool.effect.isRead {
            let preview = prepared.preview.map { "\n" + $0 } ?? ""
            return (
                .denied, "dry run: nothing was changed; it would have done this: \(prepared.intent)\(preview)"
            )
        }
        var decision = policy.decide(
            tool: name, effect: tool.effect, subject: prepared.subject, mode: context.request.mode
        ) { context.uses == nil ? context.budget.uses(of: $0) : nil }
        if decision == .allow, let objection = try await objectionToUse(tool, prepared.subject) {
            decision = Policy.objected(objection, context.request.mode)
        }
        var nameToType: String?
        switch decision {
        case .allow: return nil
        case .deny(let reason): return (.denied, "denied: \(reason)")
        case .park(let reason):
            context.add(ParkedCall(tool: name, preview: prepared.preview.map(redact), reason: reason))
            return (.parked, "denied for now: \(reason). Nothing was changed.")
        case .ask: break
        case .askTypedName(let typed): nameToType = typed
        }
        let question = ApprovalRequest(
            agent: place.scope.agent.name, tool: name, effect: tool.effect, arguments: arguments.json,
            preview: prepared.preview, nameToType: nameToType)
        switch await approver.decide(question) {
        case .approved: return nil
        case .denied(let words):
            return (.denied, "denied by the person" + (words.map { ": \($0)" } ?? ". Nothing was changed."))
        }
    }

    /// Takes one use of a grant that covers the call, of those that many runs share where they do; why not when there is
    /// none left.
    private func objectionToUse(
        _ tool: any Tool, _ subject: PolicySubject
    ) async throws(JournalError) -> String? {
        guard !tool.effect.isRead else { return nil }
        let grants = policy.grants(of: tool.description.name, covering: subject)
        guard let uses = context.uses else {
            let free = grants.first { grant in grant.maxUses.map { context.budget.uses(of: grant) < $0 } ?? true }
            if let free { context.budget.addUse(of: free) }
            return nil
        }
        // One without a bound has nothing to count.
        if grants.contains(where: { $0.maxUses == nil }) { return nil }
        for grant in grants where try await uses.takeUse(of: grant) { return nil }
        guard let last = grants.last, let most = last.maxUses else { return nil }
        return "the policy allows \(last.tool) \(most) times in a batch"
    }

    /// The effect between its two records. Once the first is written, an outcome is written whatever happens.
    private func perform(
        _ prepared: PreparedCall, _ tool: any Tool, _ place: Place
    ) async throws(JournalError) -> Outcome {
        try await record(place, tool, .executing, intent: prepared.intent)
        var outcome: Outcome
        do throws(ToolError) {
            let result = try await Self.perform(prepared, as: CurrentCall(root: context.run, callID: place.call.id))
                .get()
            outcome = Outcome(
                state: .succeeded, output: JSON.replacing(inText: result.output, redact), undo: result.undo)
        } catch {
            let state: ToolCallState = error.kind == .outcomeUnknown ? .unknown : .failed
            outcome = Outcome(state: state, output: redact("error: \(error.message)"))
        }
        // A delegate that could not store what it did must not be gone on from.
        if let failure = context.storeFailure { throw failure }
        let (shown, whole) = context.results.shorten(outcome.output, callID: place.call.id)
        outcome.output = shown
        let final = outcome
        try await shielded(for: Self.grace) { () async throws(JournalError) in
            try await record(
                place, tool, final.state, intent: prepared.intent, output: shown, wholeOutput: whole, undo: final.undo)
        }
        return outcome
    }

    /// Task-local values do not carry typed errors, a result does.
    private static func perform(_ prepared: PreparedCall, as call: CurrentCall) async -> Result<ToolResult, ToolError> {
        await CurrentCall.$value.withValue(call) {
            do throws(ToolError) {
                return .success(try await prepared.perform())
            } catch {
                return .failure(error)
            }
        }
    }

    private func refuse(
        _ place: Place, _ state: ToolCallState, _ output: String, tool: (any Tool)? = nil, intent: JSON? = nil
    ) async throws(JournalError) -> Outcome {
        let shown = redact(output)
        try await record(place, tool, state, intent: intent, output: shown)
        return Outcome(state: state, output: shown)
    }

    private func record(
        _ place: Place, _ tool: (any Tool)?, _ state: ToolCallState, intent: JSON?, output: String? = nil,
        wholeOutput: String? = nil, undo: JSON? = nil
    ) async throws(JournalError) {
        try await journal.record(
            call: ToolCallRecord(
                run: place.scope.run, step: place.step, index: place.index, call: place.call, effect: tool?.effect,
                recovery: tool?.recovery, intent: intent, state: state, output: output, wholeOutput: wholeOutput,
                undo: undo, at: .now))
    }

    private static func firstLine(_ text: String) -> String {
        String(text.prefix { $0 != "\n" }.prefix(200))
    }
}
