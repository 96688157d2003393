internal import Files

/// What the tools of agents may not write, or not even see, by what it is and not only by its name: under another name,
/// through another directory or after a rename it is still that file.
package struct KeptPlaces: Sendable {
    /// Files that may be read and not written: policies.
    let unwritable: Set<FileStatus.Identity>
    /// Directories and files that are not there for a tool: the program's own.
    let closed: Set<FileStatus.Identity>
    /// Their canonical paths.
    private let unwritablePaths: [String]
    private let closedPaths: [String]

    /// - Parameters:
    ///   - unwritable: Paths of files, which may be links and may lead through `..`.
    ///   - closed: Paths of directories or files; one that does not exist yet is kept by its path.
    package init(unwritable: [String] = [], closed: [String] = []) {
        self.unwritable = Set(unwritable.compactMap { try? FileStatus(of: $0).identity })
        self.closed = Set(closed.compactMap { try? FileStatus(of: $0).identity })
        // A link that leads to one must stay, too.
        unwritablePaths = unwritable.flatMap { path in
            [Self.canonical(path), Self.canonical(FileSystem.parent(of: path)) + "/" + FileSystem.name(of: path)]
        }
        closedPaths = closed.map(Self.canonical)
    }

    /// The kept places as paths below a root: what holds one of them must not be written either.
    func below(_ root: String) -> (unwritable: [WorkspacePath], closed: [WorkspacePath], closesRoot: Bool) {
        let root = Self.canonical(root)
        let paths = { (kept: [String]) in
            kept.filter { Self.isWithin($0, root) && $0 != root }.map { path in
                let rest = path.dropFirst(root == "/" ? 1 : root.count + 1)
                return WorkspacePath(trusted: rest.split(separator: "/").map { String($0) })
            }
        }
        return (paths(unwritablePaths), paths(closedPaths), closedPaths.contains { Self.isWithin(root, $0) })
    }

    private static func isWithin(_ path: String, _ other: String) -> Bool {
        other == "/" || path == other || path.hasPrefix(other + "/")
    }

    /// Of what is not there yet, its directory's.
    private static func canonical(_ path: String) -> String {
        if let real = try? FileSystem.realPath(path) { return real }
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return path }
        return canonical(String(path[..<slash])) + path[slash...]
    }
}
