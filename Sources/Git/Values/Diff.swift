/// Which two states to compare.
package enum DiffRange: Sendable, Hashable {
    /// The index with the work tree: what is not staged yet, untracked files left out.
    case unstaged
    /// HEAD with the index: what a commit would hold.
    case staged
    /// HEAD with the work tree, staged or not.
    case uncommitted
    /// A reference with the work tree.
    case sinceReference(String)
    /// Two references.
    case between(String, String)
    /// A commit with its first parent.
    case commit(String)
}

/// How much of a difference to give.
package struct DiffBounds: Sendable, Hashable {
    package var patchBytes: Int
    package var files: Int
    package var contextLines: Int

    package init(patchBytes: Int = 200_000, files: Int = 1_000, contextLines: Int = 3) {
        self.patchBytes = patchBytes
        self.files = files
        self.contextLines = contextLines
    }
}

/// A difference between two states.
package struct Diff: Sendable, Hashable {
    package let files: [FileChange]
    /// Over all files, listed or not.
    package let totals: ChangeTotals
    /// In git's format; bytes that are not UTF-8 are replaced. Cut at a line when it is longer than the bound.
    package let patch: String
    package let isPatchTruncated: Bool
    package let hasMoreFiles: Bool
}

/// One file of a ``Diff``.
package struct FileChange: Sendable, Hashable {
    package let kind: ChangeKind
    /// The new path, or the old one of a deleted file.
    package let path: String
    /// Of a renamed or copied file.
    package let oldPath: String?
    /// Lines; 0 for a binary file.
    package let insertions: Int
    package let deletions: Int
    package let isBinary: Bool
    /// Such as 0o100644; 0 where the file does not exist.
    package let oldMode: Int
    package let newMode: Int

    /// A submodule, not a file.
    package var isSubmodule: Bool { oldMode == 0o160000 || newMode == 0o160000 }
}

/// One commit with what it changes.
package struct ShownCommit: Sendable, Hashable {
    package let commit: Commit
    package let diff: Diff
}
