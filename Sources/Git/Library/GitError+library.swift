internal import CGit2

extension GitError {
    /// What libgit2 left as its last error on this thread, in a sentence.
    static func ofLibrary(_ code: Int32, _ doing: String) -> GitError {
        let said = unsafe git_error_last().map { unsafe text(ofC: $0.pointee.message) } ?? ""
        let reason = said.isEmpty ? "libgit2 gave the code \(code)" : said
        if code == GIT_ELOCKED.rawValue || reason.contains(".lock'") { return .locked(reason) }
        switch code {
        case GIT_EUSER.rawValue where Task.isCancelled:
            return GitError(.cancelled, "The operation was cancelled.")
        case GIT_EAMBIGUOUS.rawValue:
            return GitError(.notFound, "Cannot \(doing): the name is ambiguous; give more of it.")
        case GIT_EUNBORNBRANCH.rawValue: return .unborn(doing)
        case GIT_EBAREREPO.rawValue: return .bare(doing)
        default: return GitError(kind(of: code), "Cannot \(doing): \(reason).")
        }
    }

    private static func kind(of code: Int32) -> Kind {
        switch code {
        case GIT_ENOTFOUND.rawValue, GIT_EPEEL.rawValue: .notFound
        case GIT_EEXISTS.rawValue: .exists
        case GIT_EUNMERGED.rawValue, GIT_ENONFASTFORWARD.rawValue, GIT_ECONFLICT.rawValue, GIT_EMODIFIED.rawValue,
            GIT_EMERGECONFLICT.rawValue, GIT_EUNCOMMITTED.rawValue:
            .conflict
        case GIT_EINVALIDSPEC.rawValue: .invalidName
        case GIT_EOWNER.rawValue: .ownedBySomeoneElse
        default: .failed
        }
    }

    static func unborn(_ doing: String) -> GitError {
        GitError(.unborn, "Cannot \(doing): the repository has no commit yet.")
    }

    static func bare(_ doing: String) -> GitError {
        GitError(.bare, "Cannot \(doing): the repository is bare, it has no work tree.")
    }

    /// `reason` names the lock file between quotation marks.
    static func locked(_ reason: String) -> GitError {
        let parts = reason.split(separator: "'")
        let file = parts.first { $0.hasSuffix(".lock") }.map { String($0) } ?? "a lock file of the repository"
        return GitError(
            .locked,
            "The lock file \(file) is in the way: another git process is at work, or one was killed; "
                + "remove the file when none is.")
    }
}
