internal import Blocking

/// One git repository, on a thread of its own.
///
/// libgit2 does the work; what it would get wrong in this repository (``RepositoryTraits``) the git program does,
/// without prompts and without the repository's own hooks where they are not asked for.
package actor Repository {
    /// The work tree's top, absolute and without links; nil when the repository is bare.
    package nonisolated let workTree: String?
    /// Absolute, without links, such as `/home/one/project/.git`.
    package nonisolated let gitDirectory: String
    package nonisolated let traits: RepositoryTraits

    private let executor = BlockingExecutor(label: "vocero.git")

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    /// Opens the repository that a path is in.
    ///
    /// - Parameters:
    ///   - path: A directory or file of the work tree, or the git directory; looked for upwards.
    ///   - usingEnvironment: Honour `GIT_DIR`, `GIT_WORK_TREE`, `GIT_INDEX_FILE` as a hook must.
    package static func open(_ path: String, usingEnvironment: Bool = false) async throws(GitError) -> Repository {
        throw .declared
    }

    init(workTree: String?, gitDirectory: String, traits: RepositoryTraits) {
        self.workTree = workTree
        self.gitDirectory = gitDirectory
        self.traits = traits
    }
}
