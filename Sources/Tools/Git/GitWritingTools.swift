internal import Assistant
internal import FoundationEssentials
internal import Git
internal import JSON
internal import Workspace

/// The tools that change the local repository. Each is bound to HEAD as it was when the call was prepared.
struct GitWritingTools: Sendable {
    let repository: Repository
    let name: String

    var all: [any Tool] { [commit, createBranch, checkout, createTag] }

    private var commit: DefinedTool {
        DefinedTool(
            "git_commit", "Commits changes of the work tree on the current branch.",
            [
                .text("message", "Subject, blank line, body."), .texts("paths", "Only these files and directories."),
                .flag("all", "All changes and untracked files; without it and without paths, what is staged."),
            ], effect: .writeLocal, recovery: .reconcilable
        ) { arguments throws(ToolError) in
            let content: CommitContent =
                if let paths = try await Self.namedPaths(arguments) {
                    .paths(paths)
                } else {
                    arguments["all"]?.bool == true ? .all : .staged
                }
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
                message: arguments["message"]?.string ?? "", content: content, expectedHead: Self.expected(head),
                date: .now)
            let prepared = try await inRepository { () throws(GitError) in try await repository.prepare(request) }
            let touched = Set(changed + prepared.stagedPaths).sorted()
            let intent: JSON = [
                "head": Self.json(head), "commit": prepared.id.map { .string($0.hex) } ?? .null,
                "branch": prepared.branch.map(JSON.string) ?? .null, "paths": .array(touched.map(JSON.string)),
            ]
            let preview =
                "commit on \(prepared.branch ?? "a detached HEAD"):\n    \(request.message)\n"
                + touched.map { "  \($0)" }.joined(separator: "\n")
            return PreparedCall(
                intent: intent, subject: PolicySubject(repository: name, paths: touched), preview: preview
            ) { () async throws(ToolError) in
                let made = try await inRepository { () throws(GitError) in try await repository.perform(prepared) }
                let output: JSON = [
                    "commit": .string(made.id.hex), "short": .string(made.shortID), "subject": .string(made.subject),
                    "files": .array(touched.map(JSON.string)),
                ]
                return ToolResult(
                    output, undo: ["kind": "commit", "commit": .string(made.id.hex), "head": Self.json(head)])
            }
        }
    }

    private var createBranch: DefinedTool {
        DefinedTool(
            "git_branch_create", "Creates a branch without switching to it.",
            [.text("name", "The new branch."), .text("at", "Where it starts; HEAD when left out.", required: false)],
            effect: .writeLocal, recovery: .idempotent
        ) { arguments throws(ToolError) in
            let branch = arguments["name"]?.string ?? ""
            let start = arguments["at"]?.string ?? "HEAD"
            let target = try await inRepository { () throws(GitError) in try await repository.resolve(start) }
            return PreparedCall(
                intent: ["branch": .string(branch), "commit": .string(target.hex)],
                subject: PolicySubject(repository: name), preview: "create the branch \(branch) at \(target.short)"
            ) { () async throws(ToolError) in
                let made = try await inRepository { () throws(GitError) in
                    try await repository.createBranch(branch, at: target.hex)
                }
                return ToolResult(
                    ["branch": .string(made.name), "short": .string(made.shortID)],
                    undo: ["kind": "branch", "name": .string(made.name), "commit": .string(target.hex)])
            }
        }
    }

    private var checkout: DefinedTool {
        DefinedTool(
            "git_checkout", "Switches to a branch, or detaches HEAD at another ref. Never loses local changes.",
            [.text("ref", "The branch or ref.")], effect: .writeLocal, recovery: .idempotent
        ) { arguments throws(ToolError) in
            let reference = arguments["ref"]?.string ?? ""
            let (head, target) = try await inRepository { () throws(GitError) in
                (try await repository.head(), try await repository.resolve(reference))
            }
            return PreparedCall(
                intent: ["head": Self.json(head), "ref": .string(reference), "commit": .string(target.hex)],
                subject: PolicySubject(repository: name),
                preview: "switch from \(Self.words(head)) to \(reference) (\(target.short))"
            ) { () async throws(ToolError) in
                let now = try await inRepository { () throws(GitError) in
                    try await repository.checkout(reference, expectedHead: Self.expected(head))
                }
                return ToolResult(
                    ["head": Self.json(now), "short": now.commit.map { .string($0.short) } ?? .null],
                    undo: ["kind": "checkout", "head": Self.json(head)])
            }
        }
    }

    private var createTag: DefinedTool {
        DefinedTool(
            "git_tag_create", "Creates a tag; an annotated one when it has a message.",
            [
                .text("name", "The new tag."), .text("at", "What it names; HEAD when left out.", required: false),
                .text("message", "Makes it an annotated tag.", required: false),
            ], effect: .writeLocal, recovery: .idempotent
        ) { arguments throws(ToolError) in
            let tag = arguments["name"]?.string ?? ""
            let start = arguments["at"]?.string ?? "HEAD"
            let target = try await inRepository { () throws(GitError) in try await repository.resolve(start) }
            let request = TagRequest(name: tag, target: target.hex, message: arguments["message"]?.string, date: .now)
            return PreparedCall(
                intent: ["tag": .string(tag), "commit": .string(target.hex)], subject: PolicySubject(repository: name),
                preview: "create the tag \(tag) at \(target.short)"
            ) { () async throws(ToolError) in
                let made = try await inRepository { () throws(GitError) in try await repository.createTag(request) }
                return ToolResult(
                    ["tag": .string(made.name), "short": .string(made.target.short)],
                    undo: ["kind": "tag", "name": .string(made.name), "commit": .string(target.hex)])
            }
        }
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

    /// The paths that were named, as the policy sees them and as git gets them: relative, canonical, inside. Git by
    /// itself would also take `docs/../secret` and absolute paths, after the policy had looked at something else.
    private static func namedPaths(_ arguments: JSON) async throws(ToolError) -> [String]? {
        let written = arguments["paths"]?.array?.compactMap(\.string) ?? []
        var paths: [String] = []
        for path in written {
            var rest = Substring(path)
            while rest.hasPrefix("./") && rest.count > 2 { rest = rest.dropFirst(2) }
            let named = String(rest)
            let checked = try await inWorkspace { () throws(WorkspaceError) in try WorkspacePath(directory: named) }
            paths.append(checked.description)
        }
        return paths.isEmpty ? nil : paths
    }

    private static func isBelow(_ path: String, _ directory: String) -> Bool {
        directory == "." || path == directory || path.hasPrefix(directory + "/")
    }

    private static let mostFiles = 10_000

    private static func expected(_ head: Head) -> ExpectedHead { head.commit.map(ExpectedHead.commit) ?? .unborn }

    private static func json(_ head: Head) -> JSON {
        ["branch": head.branch.map(JSON.string) ?? .null, "commit": head.commit.map { .string($0.hex) } ?? .null]
    }

    private static func words(_ head: Head) -> String { head.branch ?? head.commit?.short ?? "nothing" }
}
