internal import Assistant
internal import Git
package import JSON

/// What ``GitStatus`` gives.
package struct StatusView: ToolOutput {
    package struct Upstream: Sendable, Hashable {
        package let name: String
        /// Nil where the two cannot be compared.
        package let ahead: Int?
        package let behind: Int?
    }

    /// Nil when HEAD is detached.
    package let branch: String?
    /// Short; nil before the first commit.
    package let commit: String?
    package let staged: [ChangedPath]
    package let unstaged: [ChangedPath]
    package let untracked: [String]
    package let conflicted: [String]
    package let hasMore: Bool
    package let upstream: Upstream?
    /// A merge, a rebase, … that is not finished.
    package let operation: String?

    package var json: JSON {
        var members: [String: JSON] = [
            "branch": .optional(branch), "commit": .optional(commit),
            "staged": staged.json, "unstaged": unstaged.json, "untracked": untracked.json,
            "conflicted": conflicted.json, "more": .bool(hasMore),
        ]
        if let upstream {
            members["upstream"] = .string(upstream.name)
            members["ahead"] = .optional(upstream.ahead)
            members["behind"] = .optional(upstream.behind)
        }
        if let operation { members["in_progress"] = .string(operation) }
        return .object(members)
    }
}

extension StatusView {
    package init?(json: JSON) {
        guard let staged = json["staged"].flatMap([ChangedPath].init(json:)),
            let unstaged = json["unstaged"].flatMap([ChangedPath].init(json:)),
            let untracked = json["untracked"].flatMap([String].init(json:)),
            let conflicted = json["conflicted"].flatMap([String].init(json:)), let hasMore = json["more"]?.bool
        else { return nil }
        let upstream = json["upstream"]?.string.map {
            Upstream(name: $0, ahead: json["ahead"]?.integer, behind: json["behind"]?.integer)
        }
        self.init(
            branch: json["branch"]?.string, commit: json["commit"]?.string, staged: staged, unstaged: unstaged,
            untracked: untracked, conflicted: conflicted, hasMore: hasMore, upstream: upstream,
            operation: json["in_progress"]?.string)
    }

    init(_ status: RepositoryStatus) {
        self.init(
            branch: status.head.branch, commit: status.head.commit?.short,
            staged: status.staged.map { ChangedPath(path: $0.path, change: $0.staged?.rawValue) },
            unstaged: status.unstaged.map { ChangedPath(path: $0.path, change: $0.unstaged?.rawValue) },
            untracked: status.untracked.map(\.path), conflicted: status.conflicted.map(\.path),
            hasMore: status.hasMore,
            upstream: status.upstream.map { Upstream(name: $0.name, ahead: $0.ahead, behind: $0.behind) },
            operation: status.operation?.rawValue)
    }
}
