internal import CGit2
internal import Confinement
internal import Files
internal import Synchronization

/// What `.gitignore` and its like leave out, for those who walk the work tree themselves.
///
/// Has a repository handle of its own, so it may be asked from any thread. Blocks for as long as it reads the files.
package final class IgnoreRules: Sendable {
    private let handle: Mutex<RepositoryHandle>
    /// Of a repository that libgit2 cannot open.
    private let standIn: StandIn?
    private let workTree: String
    /// Directories whose `.gitignore` may be read, or may not: it may be a pipe, which would be waited for.
    private let directories = Mutex<[String: Bool]>([:])

    /// Rules of the repository that `workTree` is the top of.
    package init(workTree: String) throws(GitError) {
        self.workTree = workTree
        if !Self.isReadable(workTree + "/.gitignore") {
            throw GitError(.outside, "\(workTree)/.gitignore is no regular file; remove it.")
        }
        let opened = try RepositoryOpening.open(workTree, usingEnvironment: false)
        if let handle = opened.handle {
            standIn = nil
            self.handle = Mutex(handle)
        } else {
            let standIn = try StandIn(for: opened.location)
            self.standIn = standIn
            self.handle = Mutex(try standIn.open(workTree))
        }
    }

    /// Whether a path is ignored; a tracked file counts as ignored when the rules say so.
    ///
    /// - Parameters:
    ///   - path: From the work tree's top.
    ///   - isDirectory: It is a directory: rules that end in `/` are for those.
    /// - Returns: False also for what is no path of a repository; true below a `.gitignore` that is no file.
    package func isIgnored(_ path: String, isDirectory: Bool) -> Bool {
        if !hasReadableRules(isDirectory ? path : FileSystem.parent(of: path)) { return true }
        return handle.withLock { handle in
            var isIgnored: Int32 = 0
            let name = isDirectory && !path.hasSuffix("/") ? path + "/" : path
            let code = unsafe git_ignore_path_is_ignored(&isIgnored, handle.pointer, name)
            return code == 0 && isIgnored == 1
        }
    }

    private func hasReadableRules(_ directory: String) -> Bool {
        if directory == "." || directory.isEmpty { return true }
        if let known = directories.withLock({ $0[directory] }) { return known }
        let isReadable =
            Self.isReadable(workTree + "/" + directory + "/.gitignore")
            && hasReadableRules(FileSystem.parent(of: directory))
        directories.withLock { known in known[directory] = isReadable }
        return isReadable
    }

    /// Links are followed, as libgit2 follows them.
    private static func isReadable(_ file: String) -> Bool {
        guard let status = try? FileStatus(of: file) else { return true }
        return status.isFile || status.isDirectory
    }
}

/// An empty repository with the rules of another, whose format libgit2 does not know: which files are ignored depends on
/// the work tree and on `info/exclude` alone.
private struct StandIn: Sendable {
    private let directory: PrivateDirectory

    init(for location: RepositoryLocation) throws(GitError) {
        do throws(FileError) {
            directory = try PrivateDirectory()
            for name in ["objects", "refs"] {
                try FileSystem.makeDirectory(directory.path + "/" + name, permissions: 0o700)
            }
            try OpenFile(directory.path + "/HEAD", [.write, .createNew]).write("ref: refs/heads/main\n")
            let entries =
                (try? GitConfigurationFile.entriesWithoutIncludes(
                    ofFile: location.commonDirectory + "/config")) ?? []
            let isBlind = entries.last { $0.key == "core.ignorecase" }?.value.lowercased() == "true"
            try OpenFile(directory.path + "/config", [.write, .createNew])
                .write("[core]\n\tbare = false\n\tignorecase = \(isBlind)\n")
            if FileSystem.exists(location.commonDirectory + "/info") {
                try FileSystem.makeLink(directory.path + "/info", to: location.commonDirectory + "/info")
            }
        } catch {
            throw GitError(.failed, "The ignore rules cannot be read: \(error)")
        }
    }

    func open(_ workTree: String) throws(GitError) -> RepositoryHandle {
        let path = directory.path
        let flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
        let handle = try LibGit2.withOwnerCheck { () throws(GitError) in
            var repository: OpaquePointer?
            try check(unsafe git_repository_open_ext(&repository, path, flags, nil), "read the ignore rules")
            guard let opened = unsafe repository else { throw GitError(.failed, "The ignore rules cannot be read.") }
            return unsafe RepositoryHandle(opened)
        }
        try check(unsafe git_repository_set_workdir(handle.pointer, workTree, 0), "read the ignore rules")
        return handle
    }
}
