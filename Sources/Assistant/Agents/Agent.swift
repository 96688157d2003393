/// An agent is a value: what it is told, what it may use, and which model speaks for it.
package struct Agent: Sendable, Hashable {
    package let name: String
    /// One sentence for people and for the orchestrator, which sees it as the delegate tool's summary.
    package let summary: String
    package let instructions: String
    package let toolNames: [String]

    package init(name: String, summary: String, instructions: String, toolNames: [String]) {
        self.name = name
        self.summary = summary
        self.instructions = instructions
        self.toolNames = toolNames
    }
}
