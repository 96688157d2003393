/// Commits that one side has and another has not, newest first.
package struct CommitsBetween: Sendable, Hashable {
    package let commits: [Commit]
    /// There are more than the limit.
    package let hasMore: Bool
    /// What they are compared with: the newest commit that the other side has, too. Nil when it shares nothing.
    package let base: ObjectID?
}

/// One line of a reference's log.
package struct ReflogEntry: Sendable, Hashable {
    /// Where the reference pointed from here on.
    package let commit: ObjectID
    /// Such as `checkout: moving from main to topic`.
    package let reason: String
}
