internal import CLinux
internal import Files
internal import Glibc
internal import SystemPackage

/// The synchronous side of ``Workspace``: every open of a file is here.
struct Tree: Sendable {
    let root: OpenFile
    let beneath: ConfinedOpen
    let protected: [WorkspacePath]
    let kept: KeptPlaces
    /// Of the kept places, the directories that are not there for a tool.
    let closed: [WorkspacePath]
    let isIgnored: @Sendable (WorkspacePath, Bool) -> Bool
    /// Of a whole file's text.
    let shown: @Sendable (String) -> String

    /// Opens the root; `beneath` is nil for the best the kernel has.
    init(
        root: String, protected: [WorkspacePath] = [], kept: KeptPlaces = KeptPlaces(), beneath: ConfinedOpen? = nil,
        isIgnored: @escaping @Sendable (WorkspacePath, Bool) -> Bool = { _, _ in false },
        shown: @escaping @Sendable (String) -> String = { $0 }
    ) throws(WorkspaceError) {
        guard !root.utf8.contains(0) else { throw .invalidPath(root, "holds a NUL") }
        do {
            self.root = try OpenFile(root, [OpenMode(rawValue: vocero_o_path), .directory])
        } catch {
            let why =
                switch error.code {
                case .noSuchFileOrDirectory: "does not exist"
                case .notDirectory: "is not a directory"
                default: "cannot be opened"
                }
            throw WorkspaceError(
                error.code == .noSuchFileOrDirectory
                    ? .notFound : error.code == .permissionDenied ? .permission : .notADirectory,
                "The workspace \(WorkspaceError.quoted(root)) \(why); name another with -C.")
        }
        self.beneath = beneath ?? ConfinedOpen.available(at: self.root)
        let below = kept.below(root)
        if below.closesRoot {
            throw WorkspaceError(
                .outside,
                "The workspace \(WorkspaceError.quoted(root)) is Vocero's own directory; name another with -C.")
        }
        self.protected = protected + below.unwritable
        self.kept = kept
        closed = below.closed
        self.isIgnored = isIgnored
        self.shown = shown
    }

    func open(_ path: WorkspacePath, _ flags: Int32, doing verb: String) throws(WorkspaceError) -> OpenFile {
        try checkOpen(path)
        let file: OpenFile
        do {
            file = try beneath.open(path.components, from: root, flags: flags)
        } catch {
            throw WorkspaceError(error.code, path, doing: verb)
        }
        if !kept.closed.isEmpty, let status = try? file.status(), kept.closed.contains(status.identity) {
            throw .closed(path)
        }
        return file
    }

    /// Refuses what is not there for a tool.
    func checkOpen(_ path: WorkspacePath) throws(WorkspaceError) {
        if closed.contains(where: { path.isWithin($0) }) { throw .closed(path) }
    }

    /// Opens a directory so that it can be read, written into and synchronised.
    func openDirectory(_ path: WorkspacePath) throws(WorkspaceError) -> OpenFile {
        try open(path, O_RDONLY | O_DIRECTORY | O_NONBLOCK, doing: "open")
    }

    /// The status of what is there; nil when nothing is. A symbolic link is an error.
    func status(of path: WorkspacePath) throws(WorkspaceError) -> FileStatus? {
        try checkOpen(path)
        do {
            return try beneath.open(path.components, from: root, flags: vocero_o_path).status()
        } catch {
            if error.code == .noSuchFileOrDirectory { return nil }
            throw WorkspaceError(error.code, path, doing: "look at")
        }
    }

    func state(of path: WorkspacePath) throws(WorkspaceError) -> FileState? {
        guard let status = try status(of: path) else { return nil }
        if status.isDirectory {
            return FileState(kind: .directory, size: 0, mode: status.permissions & 0o777, hash: nil)
        }
        return try content(of: path, limit: WorkspaceLimits.undoSize).state
    }

    /// A regular file's bytes with the state they belong to.
    func content(of path: WorkspacePath, limit: Int) throws(WorkspaceError) -> FileContent {
        // Looked at before it is opened: opening a device or a pipe has effects of its own.
        guard let status = try status(of: path) else {
            throw WorkspaceError(.noSuchFileOrDirectory, path, doing: "read")
        }
        guard status.isFile else { throw WorkspaceError(.isDirectory, path, doing: "read") }
        let file = try open(path, O_RDONLY | O_NONBLOCK, doing: "read")
        return try content(of: file, path, limit: limit)
    }

    func content(
        of file: OpenFile, _ path: WorkspacePath, limit: Int
    ) throws(WorkspaceError) -> FileContent {
        do throws(FileError) {
            let status = try file.status()
            guard status.isFile else { throw FileError("read", file.path, .isDirectory) }
            guard status.size <= limit else { throw FileError("read", file.path, .overflow) }
            let bytes = try file.read(atMost: limit, expecting: status.size)
            guard bytes.count <= limit else { throw FileError("read", file.path, .overflow) }
            return FileContent(
                bytes: bytes, mode: status.permissions & 0o777, owner: status.owner, group: status.group)
        } catch {
            if error.code == .overflow { throw .tooLarge(path, limit: limit) }
            throw WorkspaceError(error.code, path, doing: "read")
        }
    }
}
