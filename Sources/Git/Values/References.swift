package import FoundationEssentials

/// A local or remote-tracking branch.
package struct Branch: Sendable, Hashable {
    /// `main`, or `origin/main` for a remote one.
    package let name: String
    package let isRemote: Bool
    /// HEAD is on it.
    package let isHead: Bool
    package let upstream: Upstream?
    package let commit: ObjectID
    package let shortID: String
    package let subject: String
    /// Committer's date of its last commit.
    package let date: Date
}

/// A tag.
package struct Tag: Sendable, Hashable {
    package let name: String
    /// What it finally names, a commit in most cases.
    package let target: ObjectID
    /// Nil for a lightweight tag.
    package let tagger: Signature?
    /// Nil for a lightweight tag.
    package let message: String?
    /// The tagger's, else the commit's; nil when the target is no commit.
    package let date: Date?

    package var isAnnotated: Bool { message != nil }
}

/// A remote.
package struct Remote: Sendable, Hashable {
    package let name: String
    /// Without credentials.
    package let url: String
    /// Where it differs from ``url``; without credentials.
    package let pushURL: String?
}

/// Someone who wrote commits; `.mailmap` is honoured.
package struct Contributor: Sendable, Hashable {
    package let name: String
    package let email: String
    package let commits: Int
    /// Dates of authorship.
    package let first: Date
    package let last: Date
}

/// The contributors of some commits, most commits first.
package struct Contributors: Sendable, Hashable {
    package let people: [Contributor]
    package let commits: Int
    package let isCutByShallowClone: Bool
}
