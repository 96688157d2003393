package import Assistant
internal import FoundationEssentials
internal import JSON
internal import Settings
internal import Tools

/// A deterministic model in the binary: maps the requests of a grammar, in English and Spanish, to the tool calls that a
/// language model would make, and words the answer from their results. It goes through the same loop, policy and
/// journal as any model. What it does not understand as a whole it refuses.
package struct OfflinePlanner: ChatModel {
    private let understander: Understander
    let calendar: UserCalendar
    let now: @Sendable () -> Date

    /// `names`: what the repository of the requests has names for.
    package init(names: any NameSource = NoNames()) {
        self.init(names: names, calendar: .current) { .now }
    }

    /// With a clock and a zone of its own, for tests.
    init(names: any NameSource, calendar: UserCalendar, now: @escaping @Sendable () -> Date) {
        understander = Understander(names)
        self.calendar = calendar
        self.now = now
    }

    package static let name = "offline-planner"

    package var name: String { Self.name }

    /// Every tool that there is, for what would be called.
    static let allTools = Set(Toolbox.declarations.map(\.name))

    /// It words its answer from whole results and pays for no token.
    package var maxResultTokens: Int { 50_000 }

    package func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        let turn = OfflineTurn(request.messages)
        switch await move(turn, tools: Set(request.tools.map(\.name))) {
        case .answer(let text):
            onText(text)
            return ChatResponse(text: text, model: name)
        case .call(let tool, let arguments):
            let call = ToolCall(
                id: "call_\(turn.outputs.count + 1)", name: tool, arguments: arguments.json.description)
            return ChatResponse(text: nil, calls: [call], finishReason: "tool_calls", model: name)
        case .refuse(let refusal):
            var response = ChatResponse(text: refusal.message, model: name)
            response.refusal = refusal
            return response
        }
    }

    private func move(_ turn: OfflineTurn, tools: Set<String>) async -> OfflineMove {
        guard !tools.isEmpty else {
            return .answer(
                LanguageGuess.language(of: turn.text).pick(
                    "A limit was reached before I could finish.", "Se alcanzó un límite antes de terminar."))
        }
        switch await verdict(on: turn.text) {
        case .refuse(let doubtful): return .refuse(.notUnderstood(await misunderstanding(doubtful, turn.text)))
        case .follow(let reading): return await follow(reading, turn, tools)
        }
    }

    func verdict(on request: String) async -> Verdict {
        Judge(now: now(), calendar: calendar).verdict(on: await understander.understand(request))
    }

    func misunderstanding(_ doubtful: Doubtful, _ request: String) async -> Misunderstanding {
        let language = doubtful.reading?.language ?? LanguageGuess.language(of: request)
        let wording = OfflineWording(language: language, calendar: calendar)
        var found = Misunderstanding(wording.doubt(doubtful), suggestions: doubtful.meant)
        if case .missing(let slots) = doubtful.reason {
            found.missing = slots
            found.beginning = request
        }
        if found.suggestions.isEmpty, found.missing.isEmpty, !doubtful.waitsForPiece {
            let grammar = language == .english ? Grammars.english : Grammars.spanish
            let words = RequestText(request, expansions: grammar.expansions, mostTokens: 60).tokens.map(\.folded)
            found.suggestions = Suggestions(names: await understander.names(), language: language)
                .nearest(to: request, offersWrites: !words.contains(where: Self.restricts))
        }
        found.suggestions = Array(found.suggestions.prefix(3))
        return found
    }

    /// Whoever says such a word may not want done what the other words say.
    private static func restricts(_ word: String) -> Bool {
        [
            "not", "never", "no", "nunca", "ni", "jamas", "without", "sin", "except", "excepto", "salvo", "menos",
            "but",
            "instead", "nothing", "nada", "about",
        ].contains(word)
    }

    private func follow(_ reading: Reading, _ turn: OfflineTurn, _ tools: Set<String>) async -> OfflineMove {
        let plan = RequestPlan(reading: reading, tools: tools, calendar: calendar, now: now())
        // Who can delegate is the orchestrator.
        let isOrchestrator = tools.contains(AgentRoster.gitAdmin.name)
        if reading.intent.name == "help" { return .answer(plan.wording.help(await understander.names())) }
        if isOrchestrator { return OfflineOrchestrator(plan: plan).move(turn) }
        let move = plan.move(turn)
        guard case .answer(let text) = move, let taken = plan.wording.taken(reading) else { return move }
        return .answer(taken + "\n\n" + text)
    }
}
