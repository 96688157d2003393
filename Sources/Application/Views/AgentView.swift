internal import Assistant
package import JSON
internal import Tools

/// An agent and the names of its tools.
package struct AgentView: Sendable {
    package let name: String
    package let summary: String
    package let tools: [String]

    /// All agents, the orchestrator first.
    package static var all: [AgentView] { AgentRoster.standard.all.map(AgentView.init) }

    private init(_ agent: Agent) {
        name = agent.name
        summary = agent.summary
        tools = agent.tools(among: Toolbox.declarations).map(\.name)
    }

    package var json: JSON {
        ["name": .string(name), "summary": .string(summary), "tools": .array(tools.map(JSON.string))]
    }
}
