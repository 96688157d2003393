/// Why git did not answer or change anything.
package struct GitError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// No repository at the path or above it.
        case notARepository
        /// The repository belongs to another user and is not marked as safe.
        case ownedBySomeoneElse
        /// The repository's own configuration leads out of the directory that was named.
        case outside
        /// It would run what the repository's own configuration says, and nobody has allowed that.
        case untrusted
        /// It has no work tree.
        case bare
        /// It has no commit yet.
        case unborn
        /// No such reference, commit or path.
        case notFound
        /// It exists already.
        case exists
        /// HEAD moved, files have conflicts, or local changes would be lost.
        case conflict
        /// There is nothing to commit.
        case nothingToCommit
        /// A reference, path or message that git does not accept.
        case invalidName
        /// `user.name` or `user.email` is not configured.
        case identityMissing
        /// A feature that neither libgit2 nor the git program can serve here.
        case unsupported(feature: String)
        /// A lock file is in the way.
        case locked
        /// A bound on sizes or counts was passed.
        case tooLarge
        case cancelled
        /// git said something else.
        case failed
    }

    package var kind: Kind
    /// One sentence: what, where, what to do next.
    package var message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var description: String { message }
}
