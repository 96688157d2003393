internal import CGit2
internal import Synchronization

/// The library itself: initialised on first use, never shut down.
///
/// Its options are the process's: they are set once here, and ``withoutOwnerCheck(_:)`` alone changes one.
enum LibGit2 {
    /// Held by every opening: the owner check is a switch of the whole process.
    private static let ownerCheck = Mutex(())

    private static let started: Int32 = {
        let count = git_libgit2_init()
        // Objects and references reach the disk before a commit is reported.
        _ = vocero_git_option_set(Int32(GIT_OPT_ENABLE_FSYNC_GITDIR.rawValue), 1)
        _ = vocero_git_option_set(Int32(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION.rawValue), 1)
        return count
    }()

    /// To be called before anything else of the library.
    static func start() throws(GitError) {
        if started < 0 { throw GitError(.failed, "libgit2 could not be started; check its installation.") }
    }

    static func withOwnerCheck<Value>(_ body: () throws(GitError) -> Value) throws(GitError) -> Value {
        try ownerCheck.withLock { (_) throws(GitError) in try body() }
    }

    /// For a repository that the git program accepts and libgit2 does not, because it reads fewer forms of
    /// `safe.directory`.
    static func withoutOwnerCheck<Value>(_ body: () throws(GitError) -> Value) throws(GitError) -> Value {
        try ownerCheck.withLock { (_) throws(GitError) in
            _ = vocero_git_option_set(Int32(GIT_OPT_SET_OWNER_VALIDATION.rawValue), 0)
            defer { _ = vocero_git_option_set(Int32(GIT_OPT_SET_OWNER_VALIDATION.rawValue), 1) }
            return try body()
        }
    }
}
