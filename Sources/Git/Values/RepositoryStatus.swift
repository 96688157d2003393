/// Where HEAD is.
package enum Head: Sendable, Hashable {
    case branch(name: String, commit: ObjectID)
    /// A branch without a commit.
    case unborn(branch: String)
    case detached(ObjectID)

    package var commit: ObjectID? {
        switch self {
        case .branch(_, let commit), .detached(let commit): commit
        case .unborn: nil
        }
    }

    /// The branch's short name; nil when HEAD is detached.
    package var branch: String? {
        switch self {
        case .branch(let name, _), .unborn(let name): name
        case .detached: nil
        }
    }
}

/// Something that was begun and waits for the user.
package enum PendingOperation: String, Sendable, Hashable {
    case merge, revert, cherryPick = "cherry-pick", bisect, rebase, applyMailbox = "am"
}

/// The branch that the current one follows.
package struct Upstream: Sendable, Hashable {
    /// `origin/main`.
    package let name: String
    /// Commits that it has not; nil when it does not exist here.
    package let ahead: Int?
    /// Commits that only it has.
    package let behind: Int?

    package init(name: String, ahead: Int?, behind: Int?) {
        self.name = name
        self.ahead = ahead
        self.behind = behind
    }
}

/// What `git status` says.
package struct RepositoryStatus: Sendable, Hashable {
    package let head: Head
    package let upstream: Upstream?
    package let operation: PendingOperation?
    /// By path. Ignored files are left out; an untracked directory is one entry that ends in `/`.
    package let entries: [StatusEntry]
    /// There are more than the limit.
    package let hasMore: Bool

    package var isClean: Bool { entries.isEmpty }
    package var staged: [StatusEntry] { entries.filter { $0.staged != nil } }
    package var unstaged: [StatusEntry] { entries.filter { $0.unstaged != nil && $0.unstaged != .untracked } }
    package var untracked: [StatusEntry] { entries.filter { $0.unstaged == .untracked } }
    package var conflicted: [StatusEntry] { entries.filter(\.isConflicted) }
}

/// How a file differs.
package enum ChangeKind: String, Sendable, Hashable {
    case added, deleted, modified, renamed, copied, typeChanged = "type changed", untracked, conflicted, unreadable
}

/// One path of a ``RepositoryStatus``.
package struct StatusEntry: Sendable, Hashable {
    /// From the work tree's top; bytes that are not UTF-8 are replaced.
    package let path: String
    /// Before it was renamed.
    package let oldPath: String?
    /// The index against HEAD.
    package let staged: ChangeKind?
    /// The work tree against the index.
    package let unstaged: ChangeKind?

    package var isConflicted: Bool { staged == .conflicted || unstaged == .conflicted }
}
