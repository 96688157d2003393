internal import CGit2
internal import Synchronization

/// What `.gitignore` and its like leave out, for those who walk the work tree themselves.
///
/// Has a repository handle of its own, so it may be asked from any thread. Blocks for as long as it reads the files.
package final class IgnoreRules: Sendable {
    private let handle: Mutex<RepositoryHandle>

    /// Rules of the repository that `workTree` is the top of.
    package init(workTree: String) throws(GitError) {
        guard let handle = try RepositoryOpening.open(workTree, usingEnvironment: false).handle else {
            throw GitError(
                .unsupported(feature: "ignore rules"), "libgit2 cannot open \(workTree), so its .gitignore is not read."
            )
        }
        self.handle = Mutex(handle)
    }

    /// Whether a path is ignored; a tracked file counts as ignored when the rules say so.
    ///
    /// - Parameters:
    ///   - path: From the work tree's top.
    ///   - isDirectory: It is a directory: rules that end in `/` are for those.
    /// - Returns: False also for what is no path of a repository.
    package func isIgnored(_ path: String, isDirectory: Bool) -> Bool {
        handle.withLock { handle in
            var isIgnored: Int32 = 0
            let name = isDirectory && !path.hasSuffix("/") ? path + "/" : path
            let code = unsafe git_ignore_path_is_ignored(&isIgnored, handle.pointer, name)
            return code == 0 && isIgnored == 1
        }
    }
}
