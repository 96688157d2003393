package import FoundationEssentials

/// One commit.
package struct Commit: Sendable, Hashable {
    package let id: ObjectID
    /// The shortest prefix of the id that is unique here, at least seven digits.
    package let shortID: String
    package let author: Signature
    package let committer: Signature
    /// The first paragraph on one line; bytes that are not UTF-8 are replaced.
    package let subject: String
    /// The rest of the message, without blank lines around it.
    package let body: String
    package let parents: [ObjectID]
    /// Against the first parent; nil unless it was asked for.
    package let changes: ChangeTotals?
}

/// How much a change changes.
package struct ChangeTotals: Sendable, Hashable {
    package var files: Int
    /// Lines.
    package var insertions: Int
    /// Lines.
    package var deletions: Int

    package init(files: Int = 0, insertions: Int = 0, deletions: Int = 0) {
        self.files = files
        self.insertions = insertions
        self.deletions = deletions
    }
}

/// Which commits to list, newest first.
package struct LogQuery: Sendable, Hashable {
    /// A reference, an id, a range `A..B`; nil for HEAD.
    package var start: String?
    /// Only commits that change this file or directory, as named from the work tree's top.
    package var path: String?
    /// A part of the author's name or email; upper and lower case and accents are alike.
    package var author: String?
    /// The author's whole name, as ``Contributor/name`` has it; upper and lower case and accents are alike.
    package var authorName: String?
    /// Committed at this time or later.
    package var since: Date?
    /// Committed at this time or earlier.
    package var until: Date?
    package var limit: Int
    package var skip: Int
    package var includesMerges: Bool
    /// Fill in ``Commit/changes``: costs a diff each.
    package var includesChanges: Bool
    /// Fill in ``CommitLog/total``: walks to the end.
    package var countsAll: Bool

    package init(
        start: String? = nil, path: String? = nil, author: String? = nil, since: Date? = nil, until: Date? = nil,
        limit: Int = 20, skip: Int = 0, includesMerges: Bool = true, includesChanges: Bool = false,
        authorName: String? = nil, countsAll: Bool = false
    ) {
        self.start = start
        self.path = path
        self.author = author
        self.since = since
        self.until = until
        self.limit = limit
        self.skip = skip
        self.includesMerges = includesMerges
        self.includesChanges = includesChanges
        self.authorName = authorName
        self.countsAll = countsAll
    }
}

/// What a ``LogQuery`` found.
package struct CommitLog: Sendable, Hashable {
    package let commits: [Commit]
    /// There are more than the limit.
    package let hasMore: Bool
    /// The history ends early because the clone is shallow.
    package let isCutByShallowClone: Bool
    /// How many there are in all, where that was asked for.
    package var total: Int?
}
