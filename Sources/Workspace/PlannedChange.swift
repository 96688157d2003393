package import Hashing

/// A file or directory at one moment; a change is refused when it is another one by then.
package struct FileState: Sendable, Hashable {
    package enum Kind: Sendable, Hashable { case file, directory }

    package let kind: Kind
    /// In bytes; 0 for a directory.
    package let size: Int
    /// Permission bits.
    package let mode: UInt32
    /// Of a file's content; nil for a directory.
    package let hash: ContentHash?

    package init(kind: Kind, size: Int, mode: UInt32, hash: ContentHash?) {
        self.kind = kind
        self.size = size
        self.mode = mode
        self.hash = hash
    }
}

/// A change that was checked against the workspace and has not happened yet.
package struct PlannedChange: Sendable, Hashable {
    package let edit: WorkspaceEdit
    /// Each path it touches as it was found; nil where nothing was.
    package let before: [WorkspacePath: FileState?]
    /// The hash of the file it will leave; nil for moves, deletions and directories.
    package let after: ContentHash?
    /// What a person is shown: a unified diff, or a line for each thing moved, deleted or made.
    package let preview: String
    /// Every path that changes, those inside a directory too (at most ``WorkspaceLimits/paths``).
    package let paths: [WorkspacePath]

    /// The whole content to write.
    let content: [UInt8]?
}

/// A change that has happened.
package struct AppliedChange: Sendable, Hashable {
    package let paths: [WorkspacePath]
    /// One line for the model: `created docs/a.md (12 lines)`.
    package let summary: String
    /// Takes it back.
    package let undo: UndoRecord
}
