internal import Assistant

/// Who carries out what: the agent that has the tools.
enum IntentAgents {
    private static let files: Set<String> = [
        "find_text", "find_file", "list_files", "read_file", "todos", "find_in_code", "create_file", "append",
        "delete_file", "move",
    ]
    /// Carried out by the orchestrator itself.
    private static let own: Set<String> = ["recall", "history", "help"]

    /// Nil for what the orchestrator does itself.
    static func agent(for intent: String) -> Agent? {
        if own.contains(intent) { return nil }
        return files.contains(intent) ? AgentRoster.fileAdmin : AgentRoster.gitAdmin
    }
}
