internal import CLinux
internal import Glibc

/// The synchronous side of ``Workspace``: every open of a file is here.
struct Tree: Sendable {
    private let handle: RootHandle
    let beneath: ConfinedOpen
    let protected: [WorkspacePath]
    let isIgnored: @Sendable (WorkspacePath, Bool) -> Bool

    var root: Int32 { handle.number }

    /// Opens the root; `beneath` is nil for the best the kernel has.
    init(
        root: String, protected: [WorkspacePath] = [], beneath: ConfinedOpen? = nil,
        isIgnored: @escaping @Sendable (WorkspacePath, Bool) -> Bool = { _, _ in false }
    ) throws(WorkspaceError) {
        guard !root.utf8.contains(0) else { throw .invalidPath(root, "holds a NUL") }
        let number = unsafe Glibc.open(root, vocero_o_path | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else {
            let code = errno
            let why = code == ENOENT ? "does not exist" : code == ENOTDIR ? "is not a directory" : "cannot be opened"
            throw WorkspaceError(
                code == ENOENT ? .notFound : code == EACCES ? .permission : .notADirectory,
                "The workspace \(WorkspaceError.quoted(root)) \(why); name another with -C.")
        }
        let descriptor = Descriptor(owning: number)
        self.beneath = beneath ?? ConfinedOpen.available(at: descriptor)
        handle = RootHandle(descriptor)
        self.protected = protected
        self.isIgnored = isIgnored
    }

    func open(_ path: WorkspacePath, _ flags: Int32, doing verb: String) throws(WorkspaceError) -> Descriptor {
        do {
            return try beneath.open(path.components, from: root, flags: flags)
        } catch {
            throw WorkspaceError(error, path, doing: verb)
        }
    }

    /// Opens a directory so that it can be read, written into and synchronised.
    func openDirectory(_ path: WorkspacePath) throws(WorkspaceError) -> Descriptor {
        try open(path, O_RDONLY | O_DIRECTORY | O_NONBLOCK, doing: "open")
    }

    /// The status of what is there; nil when nothing is. A symbolic link is an error.
    func status(of path: WorkspacePath) throws(WorkspaceError) -> stat? {
        do {
            return try beneath.open(path.components, from: root, flags: vocero_o_path).status()
        } catch {
            if error.code == ENOENT { return nil }
            throw WorkspaceError(error, path, doing: "look at")
        }
    }

    func state(of path: WorkspacePath) throws(WorkspaceError) -> FileState? {
        guard let status = try status(of: path) else { return nil }
        if status.isDirectory {
            return FileState(kind: .directory, size: 0, mode: status.permissions, hash: nil)
        }
        return try content(of: path, limit: WorkspaceLimits.undoSize).state
    }

    /// A regular file's bytes with the state they belong to.
    func content(of path: WorkspacePath, limit: Int) throws(WorkspaceError) -> FileContent {
        // Looked at before it is opened: opening a device or a pipe has effects of its own.
        guard let status = try status(of: path) else {
            throw WorkspaceError(SystemFailure(ENOENT), path, doing: "read")
        }
        guard status.isFile else { throw WorkspaceError(SystemFailure(EISDIR), path, doing: "read") }
        let file = try open(path, O_RDONLY | O_NONBLOCK, doing: "read")
        return try content(of: file, path, limit: limit)
    }

    func content(
        of file: borrowing Descriptor, _ path: WorkspacePath, limit: Int
    ) throws(WorkspaceError) -> FileContent {
        do throws(SystemFailure) {
            let status = try file.status()
            guard status.isFile else { throw SystemFailure(EISDIR) }
            guard status.st_size <= limit else { throw SystemFailure(EOVERFLOW) }
            let bytes = try file.read(atMost: limit, expecting: Int(status.st_size))
            guard bytes.count <= limit else { throw SystemFailure(EOVERFLOW) }
            return FileContent(bytes: bytes, mode: status.permissions, owner: status.st_uid, group: status.st_gid)
        } catch {
            if error.code == EOVERFLOW { throw .tooLarge(path, limit: limit) }
            throw WorkspaceError(error, path, doing: "read")
        }
    }
}

/// Closes the root when the last copy of the tree goes.
private final class RootHandle: Sendable {
    let number: Int32

    init(_ descriptor: consuming Descriptor) { number = descriptor.release() }

    deinit { close(number) }
}
