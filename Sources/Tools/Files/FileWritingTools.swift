internal import Assistant
internal import Hashing
internal import JSON
internal import Workspace

/// The tools that change the workspace's files. Each is planned first, so that a person sees the diff; the plan
/// is carried out only if everything it touches is as it was then.
struct FileWritingTools: Sendable {
    let workspace: Workspace
    let repository: String?

    var all: [any Tool] { [create, edit, append, move, delete, makeDirectory] }

    private var create: DefinedTool {
        tool(
            "file_create", "Creates a text file that does not exist yet, with the directories above it.",
            [.text("path", "The new file."), .text("content", "Its whole text.", mayBeEmpty: true)]
        ) { arguments throws(WorkspaceError) in
            .create(try Self.path(arguments), text: arguments["content"]?.string ?? "")
        }
    }

    private var edit: DefinedTool {
        tool(
            "file_edit", "Replaces an exact passage of a text file.",
            [
                .text("path", "The file."), .text("old", "The exact passage, long enough to occur once."),
                .text("new", "What takes its place.", mayBeEmpty: true),
                .count("count", "How often the passage occurs when all are meant; 1 by default.", 1...10_000),
            ]
        ) { arguments throws(WorkspaceError) in
            let replacement = TextReplacement(
                old: arguments["old"]?.string ?? "", new: arguments["new"]?.string ?? "",
                count: arguments["count"]?.integer ?? 1)
            return .edit(try Self.path(arguments), [replacement])
        }
    }

    private var append: DefinedTool {
        tool(
            "file_append", "Adds text to the end of a file, on a line of its own; makes the file if need be.",
            [.text("path", "The file."), .text("content", "The text to add.")]
        ) { arguments throws(WorkspaceError) in
            .append(try Self.path(arguments), text: arguments["content"]?.string ?? "")
        }
    }

    private var move: DefinedTool {
        tool(
            "file_move", "Renames or moves a file or directory; never over another one.",
            [.text("path", "What is moved."), .text("to", "Its new path.")]
        ) { arguments throws(WorkspaceError) in
            .move(try Self.path(arguments), to: try WorkspacePath(arguments["to"]?.string ?? ""), overwriting: false)
        }
    }

    private var delete: DefinedTool {
        tool(
            "file_delete", "Deletes a file or an empty directory.",
            [.text("path", "What is deleted."), .flag("recursive", "Also a directory that is not empty.")]
        ) { arguments throws(WorkspaceError) in
            .delete(try Self.path(arguments), recursive: arguments["recursive"]?.bool ?? false)
        }
    }

    private var makeDirectory: DefinedTool {
        tool("directory_create", "Makes a directory and those above it.", [.text("path", "The directory.")]) {
            arguments throws(WorkspaceError) in
            .makeDirectory(try WorkspacePath(directory: arguments["path"]?.string ?? ""))
        }
    }

    private static func path(_ arguments: JSON) throws(WorkspaceError) -> WorkspacePath {
        try WorkspacePath(arguments["path"]?.string ?? "")
    }

    private func tool(
        _ name: String, _ summary: String, _ parameters: [Parameter],
        edit: @escaping @Sendable (JSON) throws(WorkspaceError) -> WorkspaceEdit
    ) -> DefinedTool {
        DefinedTool(name, summary, parameters, effect: .writeLocal, recovery: .reconcilable) {
            arguments throws(ToolError) in
            let plan = try await inWorkspace { () throws(WorkspaceError) in
                try await workspace.plan(try edit(arguments))
            }
            let subject = PolicySubject(repository: repository, paths: plan.paths.map(\.description))
            return PreparedCall(intent: Self.intent(of: plan, name), subject: subject, preview: plan.preview) {
                () async throws(ToolError) in
                let applied = try await inWorkspace { () throws(WorkspaceError) in try await workspace.apply(plan) }
                return ToolResult(Self.output(of: applied, plan), undo: applied.undo.json)
            }
        }
    }

    /// What recovery compares the world with: the hash of each file before, and of the one that will be there.
    private static func intent(of plan: PlannedChange, _ name: String) -> JSON {
        var before: [String: JSON] = [:]
        for (path, state) in plan.before {
            before[path.description] = state?.hash.map { .string($0.description) } ?? .null
        }
        return [
            "tool": .string(name), "paths": .array(plan.paths.map { .string($0.description) }),
            "before": .object(before),
            "after": plan.after.map { .string($0.description) } ?? .null,
        ]
    }

    private static func output(of applied: AppliedChange, _ plan: PlannedChange) -> JSON {
        var output: [String: JSON] = [
            "done": .string(applied.summary), "paths": .array(applied.paths.map { .string($0.description) }),
        ]
        if case .create(let path, let text) = plan.edit {
            output["path"] = .string(path.description)
            output["bytes"] = .integer(text.utf8.count)
        }
        return .object(output)
    }
}
