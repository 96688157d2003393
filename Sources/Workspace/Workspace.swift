internal import Concurrency

/// Files inside one root that nothing can escape from.
///
/// The root is opened once; every access is resolved by the kernel beneath that descriptor, through no
/// symbolic link. Calls run one at a time on a thread of the workspace's own and stop when their task is
/// cancelled. A write is a new file that takes the old one's name when it is whole and on disk.
package actor Workspace {
    /// The root as it was named.
    package nonisolated let root: String

    private let executor = BlockingExecutor(label: "vocero.workspace")
    private let tree: Tree

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    /// Opens a directory.
    ///
    /// - Parameters:
    ///   - root: A directory; a symbolic link to one is followed, for the user named it.
    ///   - protected: What may be read and not written, beside every `.voceroconfig`: a policy file in the work tree.
    ///   - kept: What is not to be written, or not there, wherever it is.
    ///   - gitDirectories: Of the repository, wherever they lie: neither read nor written, as no git directory is.
    ///   - isIgnored: Left out of listings and searches below the directory they start in, not of direct access.
    ///     Gets the path and whether it is a directory; called on the workspace's thread.
    ///   - shown: What of a whole file's text is read and searched, in as many lines as it has. What is changed is
    ///     always the file itself.
    /// - Throws: `notFound`, `notADirectory` or `permission`.
    package init(
        root: String, protected: [WorkspacePath] = [], kept: KeptPlaces = KeptPlaces(), gitDirectories: [String] = [],
        isIgnored: @escaping @Sendable (WorkspacePath, Bool) -> Bool = { _, _ in false },
        shown: @escaping @Sendable (String) -> String = { $0 }
    ) throws(WorkspaceError) {
        self.root = root
        tree = try Tree(
            root: root, protected: protected, kept: kept, gitDirectories: gitDirectories, isIgnored: isIgnored,
            shown: shown)
    }

    /// What a path is now; nil when nothing is there.
    package func state(of path: WorkspacePath) throws(WorkspaceError) -> FileState? {
        try tree.state(of: path)
    }

    /// The entries of a directory down to `depth` levels (1: its own), hidden ones too, without `.git`.
    package func list(
        _ directory: WorkspacePath = .root, depth: Int = 1, limit: Int = 1_000
    ) throws(WorkspaceError) -> Listing {
        try tree.list(directory, depth: depth, limit: limit)
    }

    /// The files whose paths match a pattern.
    package func files(
        matching glob: Glob, in directory: WorkspacePath = .root, limit: Int = 1_000
    ) throws(WorkspaceError) -> Listing {
        try tree.files(matching: glob, in: directory, limit: limit)
    }

    /// The files and directories whose names contain a text, upper and lower case alike.
    package func files(
        named part: String, in directory: WorkspacePath = .root, limit: Int = 200
    ) throws(WorkspaceError) -> Listing {
        try tree.files(named: part, in: directory, limit: limit)
    }

    /// A text file of at most ``WorkspaceLimits/fileSize`` bytes, or some of its lines (from 1).
    package func read(
        _ path: WorkspacePath, lines: ClosedRange<Int>? = nil
    ) throws(WorkspaceError) -> FileText {
        try tree.read(path, lines: lines)
    }

    /// The bytes of a regular file of at most ``WorkspaceLimits/fileSize``.
    package func bytes(of path: WorkspacePath) throws(WorkspaceError) -> [UInt8] {
        try tree.bytes(of: path)
    }

    /// Where a text occurs.
    package func search(_ search: TextSearch) throws(WorkspaceError) -> TextMatches {
        try tree.search(search)
    }

    /// Checks a change against the workspace and says what it would do. Changes nothing.
    package func plan(_ edit: WorkspaceEdit) throws(WorkspaceError) -> PlannedChange {
        try tree.plan(edit)
    }

    /// Carries out a planned change, if everything it touches is as it was.
    package func apply(_ change: PlannedChange) throws(WorkspaceError) -> AppliedChange {
        try tree.apply(change)
    }

    /// Takes back an applied change, if what it left is as it left it.
    ///
    /// - Returns: The paths that changed.
    @discardableResult
    package func undo(_ record: UndoRecord) throws(WorkspaceError) -> [WorkspacePath] {
        try tree.undo(record)
    }
}
