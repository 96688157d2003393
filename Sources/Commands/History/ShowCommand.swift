internal import Application
internal import ArgumentParser
internal import Assistant
internal import FoundationEssentials
internal import JSON
internal import Memory

/// `vocero show`
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a run: its messages, model calls and tool calls.",
        discussion: """
            The first characters of a run's id are enough. Example:

              vocero show 0198c0de --json
            """)

    @Argument(help: ArgumentHelp("The run's id, or its beginning.", valueName: "run")) var run: String
    @Flag(help: "Print one JSON object.") var json = false
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = options.console
        let context = try await options.context(console, needsRepository: false)
        try await context.withStore { store in
            let run = try await store.memory.show(run: self.run)
            if json { return try console.writeLine(Self.json(run).text(pretty: true)) }
            try console.write(Self.text(run, depth: 0))
        }
    }

    private static func text(_ run: StoredRun, depth: Int) -> String {
        let indent = String(repeating: "  ", count: depth)
        var lines = [
            "\(indent)run \(run.id), \(run.agent) with \(run.model): \(run.state.rawValue)"
                + (run.reason.map { " (\($0))" } ?? ""),
            "\(indent)  \(run.startedAt.formatted(.iso8601)), session \(run.sessionKey), \(run.usage.totalTokens) tokens"
                + (run.costInUSD.map { ", \($0) USD" } ?? ""),
        ]
        if let task = run.task { lines.append("\(indent)  task: \(task)") }
        for message in run.messages { lines.append("\(indent)  \(message.role.rawValue): \(message.content)") }
        for call in run.toolCalls {
            lines.append("\(indent)  \(call.call.name) \(call.call.arguments): \(call.state.rawValue)")
        }
        let own = lines.joined(separator: "\n") + "\n"
        return own + run.children.map { text($0, depth: depth + 1) }.joined()
    }

    private static func json(_ run: StoredRun) -> JSON {
        [
            "run": .string(run.id.description), "session": .string(run.sessionKey), "agent": .string(run.agent),
            "task": run.task.map(JSON.string) ?? .null, "source": .string(run.source), "mode": .string(run.mode),
            "repository": run.repository.map(JSON.string) ?? .null, "model": .string(run.model),
            "state": .string(run.state.rawValue), "reason": run.reason.map(JSON.string) ?? .null,
            "usage": [
                "input_tokens": .integer(run.usage.inputTokens), "output_tokens": .integer(run.usage.outputTokens),
                "cost_usd": run.costInUSD.map(JSON.number) ?? .null,
            ],
            "started_at": .string(run.startedAt.formatted(.iso8601)),
            "ended_at": run.endedAt.map { .string($0.formatted(.iso8601)) } ?? .null,
            "messages": .array(run.messages.map(\.json)), "calls": .array(run.toolCalls.map(json)),
            "children": .array(run.children.map(json)),
        ]
    }

    private static func json(_ call: StoredToolCall) -> JSON {
        [
            "tool": .string(call.call.name), "arguments": .string(call.call.arguments),
            "state": .string(call.state.rawValue),
            "effect": call.effect.map { .string($0.rawValue) } ?? .null, "intent": call.intent ?? .null,
            "output": call.output.map(JSON.string) ?? .null, "undo": call.undo ?? .null,
        ]
    }
}
