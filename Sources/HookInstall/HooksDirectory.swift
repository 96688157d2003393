internal import Git

/// Where git looks for the hooks of a repository, and what that place belongs to.
package struct HooksDirectory: Sendable, Hashable {
    /// Absolute. It need not exist.
    package let path: String
    /// The work tree's top; nil for a bare repository.
    package let workTree: String?
    /// What `core.hooksPath` says, if anything.
    package let hooksPath: String?
    /// Neither in the work tree nor in the git directory: other repositories may use it too.
    package let isOutside: Bool
    /// In the work tree, where its files can be committed.
    package let isInWorkTree: Bool

    /// Asks git, which runs in a directory of the repository.
    ///
    /// - Returns: Also the git that runs where hooks do.
    static func find(_ asked: GitProgram) async throws(HookError) -> (HooksDirectory, GitProgram) {
        guard let gitDirectory = try await asked.path("rev-parse", "--absolute-git-dir") else {
            let complaint = try await asked.run(["rev-parse", "--git-dir"]).complaint
            if complaint.contains("dubious ownership") {
                throw HookError(
                    .refused,
                    "The repository at \(asked.directory) belongs to another user; if you trust it, run "
                        + "`git config --global --add safe.directory` with its path.")
            }
            throw HookError(.notFound, "\(asked.directory) is not in a git repository; name one with -C.")
        }
        let workTree = try await asked.path("rev-parse", "--show-toplevel")
        // Relative paths are meant from where hooks run.
        let git = GitProgram(directory: workTree ?? gitDirectory, variables: asked.variables)
        guard let path = try await git.path("rev-parse", "--git-path", "hooks") else {
            throw HookError(.failed, "git does not say where the hooks of \(asked.directory) are.")
        }
        let common = try await git.path("rev-parse", "--git-common-dir") ?? gitDirectory
        let configured = try await git.run(["config", "--get", "core.hooksPath"])
        let real = HookFiles.resolved(path)
        let isInGit = isBelow(real, HookFiles.resolved(common)) || isBelow(real, HookFiles.resolved(gitDirectory))
        let isInWorkTree = !isInGit && (workTree.map { isBelow(real, HookFiles.resolved($0)) } ?? false)
        let place = HooksDirectory(
            path: path, workTree: workTree, hooksPath: configured.status == 0 ? configured.line : nil,
            isOutside: !isInGit && !isInWorkTree, isInWorkTree: isInWorkTree)
        return (place, git)
    }

    private static func isBelow(_ path: String, _ root: String) -> Bool {
        path == root || path.utf8.starts(with: (root == "/" ? root : root + "/").utf8)
    }
}
