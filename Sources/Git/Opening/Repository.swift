internal import Concurrency
internal import CGit2

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
    /// Where objects and references are: ``gitDirectory`` but in a linked work tree. All work trees of a repository
    /// share it.
    package nonisolated var commonDirectory: String { location.commonDirectory }

    let handle: RepositoryHandle?
    nonisolated let location: RepositoryLocation
    nonisolated let program: RepositoryProgram
    private let executor = BlockingExecutor(label: "vocero.git")

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    /// Opens the repository that a path is in.
    ///
    /// A repository whose configuration leads out of the directory that was named is refused.
    ///
    /// - Parameters:
    ///   - path: A directory or file of the work tree, or the git directory; looked for upwards.
    ///   - usingEnvironment: Honour `GIT_DIR`, `GIT_WORK_TREE`, `GIT_INDEX_FILE` as a hook must.
    ///   - trust: What a person has allowed this repository; nothing where nobody was asked.
    /// - Returns: The repository, with its traits probed.
    /// - Throws: `notARepository`, `ownedBySomeoneElse`, `outside`, or `failed`.
    package static func open(
        _ path: String, usingEnvironment: Bool = false, trust: RepositoryTrust = .nobody
    ) async throws(GitError) -> Repository {
        let opened: OpenedRepository
        do throws(GitError) {
            opened = try await blocking(label: "vocero.git.open") { () throws(GitError) in
                try RepositoryOpening.open(path, usingEnvironment: usingEnvironment)
            }
        } catch {
            // libgit2 reads fewer forms of safe.directory than git does.
            guard error.kind == .ownedBySomeoneElse, await gitTrusts(path) else { throw error }
            opened = try await blocking(label: "vocero.git.open") { () throws(GitError) in
                try RepositoryOpening.open(path, usingEnvironment: usingEnvironment, skipsOwnerCheck: true)
            }
        }
        return Repository(opened, usingEnvironment: usingEnvironment, trust: trust)
    }

    private static func gitTrusts(_ path: String) async -> Bool {
        guard let location = try? RepositoryLocation.find(path) else { return false }
        let output = try? await GitProgram(directory: location.start).run(["rev-parse", "--git-dir"], limit: 1 << 16)
        return output?.isSuccess == true
    }

    private init(_ opened: OpenedRepository, usingEnvironment: Bool, trust: RepositoryTrust) {
        workTree = opened.workTree
        gitDirectory = opened.gitDirectory
        traits = opened.traits
        handle = opened.handle
        location = opened.location
        program = RepositoryProgram(location: opened.location, isHook: usingEnvironment, trust: trust)
    }

    /// What its own configuration asks for and does not get before a person allows it.
    package func requests() async throws(GitError) -> RepositoryRequests {
        RepositoryRequests(try await program.ownConfiguration(anew: true))
    }

    /// Whether a person has allowed just that.
    package func isTrusted() async throws(GitError) -> Bool {
        guard program.trust.knows(gitDirectory) else { return false }
        return program.trust.allows(gitDirectory, try await requests())
    }

    /// The repository for libgit2.
    var library: OpaquePointer {
        get throws(GitError) {
            if let handle { return unsafe handle.pointer }
            let features = traits.extensions.joined(separator: ", ")
            throw GitError(
                .unsupported(feature: features),
                "The repository \(gitDirectory) uses \(features), which libgit2 cannot open; do this with git itself.")
        }
    }
}
