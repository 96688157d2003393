/// An agent is a value: what it is told, what it may use, and which model speaks for it.
package struct Agent: Sendable, Hashable {
    package let name: String
    /// One sentence for people and for the orchestrator, which sees it as the delegate tool's summary.
    package let summary: String
    package let instructions: String
    /// In the order in which it is shown their tools.
    package let families: [ToolFamily]

    package init(name: String, summary: String, instructions: String, families: [ToolFamily] = []) {
        self.name = name
        self.summary = summary
        self.instructions = instructions
        self.families = families
    }

    /// Of all tools those that it may use, in the order in which it is shown them.
    package func tools(among all: [ToolDeclaration]) -> [ToolDeclaration] {
        var seen: Set<String> = []
        return families.flatMap { family in all.filter { $0.families.contains(family) } }
            .filter { seen.insert($0.name).inserted }
    }
}
