internal import Application
internal import ArgumentParser
internal import Assistant
internal import FoundationEssentials
internal import JSON

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
            let run = try await store.show(run: self.run)
            if json { return try console.writeLine(run.json.text(pretty: true)) }
            try console.write(Self.text(run, depth: 0))
        }
    }

    private static func text(_ run: RunView, depth: Int) -> String {
        let indent = String(repeating: "  ", count: depth)
        var lines = [
            "\(indent)run \(run.id), \(run.agent) with \(run.model): \(run.state.rawValue)"
                + (run.reason.map { " (\($0))" } ?? ""),
            "\(indent)  \(run.startedAt.formatted(.iso8601)), session \(run.session), \(run.usage.totalTokens) tokens"
                + (run.costInUSD.map { ", \($0) USD" } ?? ""),
        ]
        if let task = run.task { lines.append("\(indent)  task: \(task)") }
        for message in run.messages { lines.append("\(indent)  \(message.role): \(message.content)") }
        for call in run.calls {
            lines.append("\(indent)  \(call.tool) \(call.arguments): \(call.state.rawValue)")
        }
        let own = lines.joined(separator: "\n") + "\n"
        return own + run.children.map { text($0, depth: depth + 1) }.joined()
    }
}
