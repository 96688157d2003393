package import Assistant
internal import FoundationEssentials
internal import Git
internal import JSON
internal import Workspace

/// `git_commit`; bound to HEAD as it was when the call was prepared.
package struct GitCommit: GitTool {
    package typealias Output = MadeCommit

    package static let message = Parameter<String>("message", "Subject, blank line, body.")
    package static let paths = Parameter("paths", "Only these files and directories.", default: [String]())
    package static let all = Parameter(
        "all", "All changes and untracked files; without it and without paths, what is staged.", default: false)

    package static let declaration = ToolDeclaration(
        "git_commit", "Commits changes of the work tree on the current branch.", families: [.gitWriting],
        effect: .writeLocal, recovery: .reconcilable, undo: .commit, parameters: [message, paths, all])

    private static let mostFiles = 10_000

    private let place: GitPlace

    init(_ place: GitPlace) { self.place = place }

    package func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall {
        let repository = place.repository
        let content = try await Self.content(arguments)
        let (head, status) = try await inRepository { () throws(GitError) in
            (try await repository.head(), try await repository.status(limit: Self.mostFiles))
        }
        // A policy decides over every path: what is not listed cannot be decided on.
        guard !status.hasMore else {
            throw ToolError(
                .failed, "more than \(Self.mostFiles) files differ; commit them with git, or name fewer paths")
        }
        let changed = Self.touched(by: content, status)
        guard !changed.isEmpty else {
            throw ToolError(
                .conflict, "there is nothing to commit; say all or name paths to commit what is not staged")
        }
        let request = CommitRequest(
            message: arguments[Self.message], content: content, expectedHead: ExpectedHead(head), date: .now)
        let prepared = try await inRepository { () throws(GitError) in try await repository.prepare(request) }
        // What it will hold, and not what was listed a moment before.
        let touched = prepared.paths.isEmpty ? Set(changed).sorted() : prepared.paths
        let before = HeadPlace(head)
        let intent: JSON = [
            "head": before.json, "commit": prepared.id.map { .string($0.hex) } ?? .null,
            "branch": .optional(prepared.branch), "paths": touched.json,
        ]
        let preview =
            "commit on \(prepared.branch ?? "a detached HEAD"):\n    \(request.message)\n"
            + touched.map { "  \($0)" }.joined(separator: "\n")
        return PreparedCall(
            intent: intent, subject: PolicySubject(repository: place.name, paths: touched), preview: preview
        ) { () async throws(ToolError) in
            let made = try await inRepository { () throws(GitError) in try await repository.perform(prepared) }
            let output = MadeCommit(id: made.id.hex, short: made.shortID, subject: made.subject, files: touched)
            return ToolResult(output.json, undo: GitUndo.commit(id: made.id.hex, head: before).json)
        }
    }

    private static func content(_ arguments: Arguments) async throws(ToolError) -> CommitContent {
        let named = try await WorkspacePath.canonical(arguments[paths])
        guard named.isEmpty else { return .paths(named) }
        return arguments[all] ? .all : .staged
    }

    /// The paths a commit would hold, as a policy file's patterns see them.
    private static func touched(by content: CommitContent, _ status: RepositoryStatus) -> [String] {
        let changed =
            switch content {
            case .staged: status.staged
            case .tracked: status.entries.filter { $0.unstaged != .untracked }
            case .all: status.entries
            case .paths(let paths):
                status.entries.filter { entry in
                    // In the middle of a merge git commits the whole index, whatever is named.
                    (status.operation != nil && entry.staged != nil)
                        || paths.contains { Self.isBelow(entry.path, $0) }
                }
            }
        // A renamed file is gone from its old place: that is a change there, too.
        return changed.flatMap { [$0.path] + ($0.oldPath.map { [$0] } ?? []) }
    }

    private static func isBelow(_ path: String, _ directory: String) -> Bool {
        directory == "." || path == directory || path.hasPrefix(directory + "/")
    }
}

extension ExpectedHead {
    /// As it is now.
    init(_ head: Head) { self = head.commit.map(ExpectedHead.commit) ?? .unborn }
}
