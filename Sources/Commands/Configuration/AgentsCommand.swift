internal import Application
internal import ArgumentParser
internal import JSON

/// `vocero agents`
struct AgentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents", abstract: "List the agents and their tools.",
        discussion: "Go straight to one with `vocero ask --agent NAME …`.")

    @Flag(help: "Print a JSON array.") var json = false
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = options.console
        let agents = AgentView.all
        if json { return try console.writeLine(JSON.array(agents.map(\.json)).text(pretty: true)) }
        for agent in agents {
            try console.writeLine("\(agent.name): \(agent.summary)\n  \(agent.tools.joined(separator: ", "))")
        }
    }
}
