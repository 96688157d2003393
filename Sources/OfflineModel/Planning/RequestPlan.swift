internal import Assistant
internal import FoundationEssentials
internal import Settings
internal import Tools

/// The calls that a request needs, one after the other, then the answer from their results.
struct RequestPlan: Sendable {
    let reading: Reading
    /// What may be called here.
    let tools: Set<String>
    let calendar: UserCalendar
    let now: Date

    var wording: OfflineWording { OfflineWording(language: reading.language, calendar: calendar) }

    func move(_ turn: OfflineTurn) -> OfflineMove {
        if let last = turn.outputs.last, last.json == nil { return Self.ending(last.text, wording) }
        guard let move = history(turn) ?? references(turn) ?? files(turn) ?? code(turn) ?? writing(turn) else {
            return .refuse(.notDone(wording.pick("Nothing here can do that.", "Nada aquí puede hacer eso.")))
        }
        return move
    }

    /// A call that was denied or shown only is an answer; one that failed is a failure.
    static func ending(_ output: String, _ wording: OfflineWording) -> OfflineMove {
        guard output.hasPrefix("error: ") else { return .answer(wording.failed(output)) }
        return .refuse(.notDone(String(output.dropFirst(7))))
    }

    /// The first call, whoever makes it.
    func firstMove(_ request: String) -> OfflineMove {
        let turn = OfflineTurn([.user(request)])
        return IntentAgents.agent(for: reading.intent.name) == nil
            ? OfflineOrchestrator(plan: self).move(turn) : move(turn)
    }

    func text(_ slot: String) -> String? { reading.slots[slot]?.text }

    func number(_ slot: String) -> Int? { reading.slots[slot]?.number }

    func isSet(_ slot: String) -> Bool { reading.slots[slot]?.flag ?? false }

    /// Calls a tool, or words its result once it is there.
    func ask<Asked: DeclaredTool>(
        _ turn: OfflineTurn, _ tool: Asked.Type, _ arguments: GivenArgument..., wording words: (Asked.Output) -> String
    ) -> OfflineMove {
        guard let last = turn.outputs.last, last.tool == tool.declaration.name else {
            return call(tool, Arguments(arguments))
        }
        guard let result = turn.result(of: tool) else { return .refuse(.notDone(last.text)) }
        return .answer(words(result))
    }

    func call(_ tool: any DeclaredTool.Type, _ arguments: GivenArgument...) -> OfflineMove {
        call(tool, Arguments(arguments))
    }

    func call(_ tool: any DeclaredTool.Type, _ arguments: Arguments) -> OfflineMove {
        let declaration = tool.declaration
        return tools.contains(declaration.name)
            ? .call(declaration.name, arguments) : .refuse(.notDone(wording.cannotHere(declaration)))
    }
}
