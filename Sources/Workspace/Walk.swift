internal import Files
internal import Glibc

/// A walk through directories, depth first, names in byte order, through no symbolic link.
struct Walk {
    /// Something a directory holds.
    struct Found {
        let path: WorkspacePath
        let kind: Listing.Entry.Kind
        /// The open directory it is in.
        let directory: OpenFile
    }

    enum Next { case enter, skip, stop }

    let tree: Tree
    /// 1: the entries of the first directory only.
    let depth: Int
    /// Leave out `.git` and what is ignored.
    var leavesOut = true
    private(set) var seen = 0
    private(set) var isTruncated = false
    private(set) var unnameable = 0

    init(_ tree: Tree, depth: Int = WorkspaceLimits.depth) {
        self.tree = tree
        self.depth = depth
    }

    /// Visits everything below a directory.
    mutating func visit(
        _ directory: WorkspacePath, _ body: (Found) throws(WorkspaceError) -> Next
    ) throws(WorkspaceError) {
        _ = try enter(directory, try tree.openDirectory(directory), level: 1, body)
    }

    /// - Returns: Whether to go on.
    private mutating func enter(
        _ directory: WorkspacePath, _ descriptor: OpenFile, level: Int,
        _ body: (Found) throws(WorkspaceError) -> Next
    ) throws(WorkspaceError) -> Bool {
        let names: [DirectoryNames.Name]
        do {
            names = try DirectoryNames.read(descriptor, atMost: WorkspaceLimits.walkedEntries - seen)
        } catch {
            throw WorkspaceError(error.code, directory, doing: "list")
        }
        for name in names {
            if Task.isCancelled { throw .wasCancelled }
            seen += 1
            guard seen < WorkspaceLimits.walkedEntries else {
                isTruncated = true
                return false
            }
            if leavesOut, name.bytes.elementsEqual(".git".utf8) { continue }
            guard let text = String(validating: name.bytes, as: UTF8.self),
                let path = try? directory.appending(text)
            else {
                unnameable += 1
                continue
            }
            if leavesOut, tree.isIgnored(path, name.kind == .directory) { continue }
            if tree.closed.contains(where: { path.isWithin($0) }) { continue }
            switch try body(Found(path: path, kind: name.kind, directory: descriptor)) {
            case .stop: return false
            case .skip: continue
            case .enter: break
            }
            guard name.kind == .directory, level < depth else { continue }
            // Gone or turned into something else meanwhile: nothing to list there.
            guard let below = open(text, in: descriptor) else { continue }
            guard try enter(path, below, level: level + 1, body) else { return false }
        }
        return true
    }

    private func open(_ name: String, in directory: OpenFile) -> OpenFile? {
        let opened = try? tree.beneath.open([name], from: directory, flags: O_RDONLY | O_DIRECTORY | O_NONBLOCK)
        guard let opened, !tree.kept.closed.isEmpty else { return opened }
        return (try? opened.status()).map { tree.kept.closed.contains($0.identity) } == true ? nil : opened
    }
}
