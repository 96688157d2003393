/// The agents of one assistant, the orchestrator first.
package struct AgentRoster: Sendable, Hashable {
    package let orchestrator: Agent
    package let delegates: [Agent]

    package init(orchestrator: Agent, delegates: [Agent]) {
        self.orchestrator = orchestrator
        self.delegates = delegates
    }

    package var all: [Agent] { [orchestrator] + delegates }

    package func agent(named name: String) -> Agent? { all.first { $0.name == name } }
}
