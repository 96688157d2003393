internal import ArgumentParser
internal import Assistant
internal import JSON
internal import Tools

/// `vocero agents`
struct AgentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents", abstract: "List the agents and their tools.",
        discussion: "Go straight to one with `vocero ask --agent NAME …`.")

    @Flag(help: "Print a JSON array.") var json = false
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = Console(environment: Context.environment, verbose: options.verbose)
        let agents = AgentRoster.standard.all
        if json {
            let list = agents.map { agent -> JSON in
                [
                    "name": .string(agent.name), "summary": .string(agent.summary),
                    "tools": .array(Self.tools(of: agent).map(JSON.string)),
                ]
            }
            return try console.writeLine(JSON.array(list).text(pretty: true))
        }
        for agent in agents {
            let tools = Self.tools(of: agent).joined(separator: ", ")
            try console.writeLine("\(agent.name): \(agent.summary)\n  \(tools)")
        }
    }

    private static func tools(of agent: Agent) -> [String] { agent.tools(among: Toolbox.declarations).map(\.name) }
}
