internal import Assistant
internal import Hashing
internal import JSON
internal import Workspace

/// A tool that changes the workspace's files. Its change is planned first, so that a person sees the diff; the plan is
/// carried out only if everything it touches is as it was then.
protocol FileWritingTool: FileTool where Output == AppliedEdit {
    var place: FilePlace { get }

    func edit(_ arguments: Arguments) throws(WorkspaceError) -> WorkspaceEdit
}

extension FileWritingTool {
    package func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall {
        let workspace = place.workspace
        let plan = try await inWorkspace { () throws(WorkspaceError) in
            try await workspace.plan(try edit(arguments))
        }
        let subject = PolicySubject(repository: place.repository, paths: plan.paths.map(\.description))
        return PreparedCall(intent: Self.intent(of: plan), subject: subject, preview: plan.preview) {
            () async throws(ToolError) in
            let applied = try await inWorkspace { () throws(WorkspaceError) in try await workspace.apply(plan) }
            return ToolResult(AppliedEdit(applied, plan).json, undo: applied.undo.json)
        }
    }

    /// What recovery compares the world with: the hash of each file before, and of the one that will be there.
    private static func intent(of plan: PlannedChange) -> JSON {
        var before: [String: JSON] = [:]
        for (path, state) in plan.before {
            before[path.description] = state?.hash.map { .string($0.description) } ?? .null
        }
        return [
            "tool": .string(declaration.name), "paths": plan.paths.map(\.description).json, "before": .object(before),
            "after": plan.after.map { .string($0.description) } ?? .null,
        ]
    }
}

extension ToolDeclaration {
    init(changingFiles name: String, _ summary: String, parameters: [any ToolParameter]) {
        self.init(
            name, summary, families: [.fileWriting], effect: .writeLocal, recovery: .reconcilable, undo: .files,
            parameters: parameters)
    }
}

extension UndoKind {
    /// The workspace's `UndoRecord`.
    static let files = UndoKind("files")
}
