package import FoundationEssentials

/// Where HEAD must be for a write to go on.
package enum ExpectedHead: Sendable, Hashable {
    case any
    case unborn
    case commit(ObjectID)
}

/// What goes into a commit.
package enum CommitContent: Sendable, Hashable {
    /// The index as it is.
    case staged
    /// Every change of a tracked file (`git commit -a`).
    case tracked
    /// Every change and every untracked file that is not ignored.
    case all
    /// These files and directories as they are in the work tree, and nothing else that is staged.
    case paths([String])
}

/// A commit to be made.
package struct CommitRequest: Sendable, Hashable {
    package var message: String
    package var content: CommitContent
    package var expectedHead: ExpectedHead
    /// Of author and committer; a fixed one gives a fixed id. Nil for now.
    package var date: Date?

    package init(
        message: String, content: CommitContent, expectedHead: ExpectedHead = .any, date: Date? = nil
    ) {
        self.message = message
        self.content = content
        self.expectedHead = expectedHead
        self.date = date
    }
}

/// A commit to be made, as it was shown: nothing of it is written yet.
package struct PreparedCommit: Sendable, Hashable {
    /// The id it will have; nil when hooks or a signature decide.
    package internal(set) var id: ObjectID?
    package let request: CommitRequest
    /// HEAD it was prepared on; nil when the branch is unborn.
    package let parent: ObjectID?
    /// The branch it goes to; nil when HEAD is detached.
    package let branch: String?
    /// The date that is used.
    package let date: Date
    /// Why the git program makes it, such as `the hook pre-commit`; nil when libgit2 does.
    package let needsProgram: String?
    /// As it is stored.
    package let message: String
    var changes: [IndexChange]
    /// Its tree, where the git program makes it.
    var tree: ObjectID?
    /// Every file that it changes, adds or removes.
    package internal(set) var paths: [String]
}

/// A tag to be made.
package struct TagRequest: Sendable, Hashable {
    package var name: String
    /// What to name; nil for HEAD.
    package var target: String?
    /// Nil for a lightweight tag.
    package var message: String?
    package var date: Date?
    package var expectedHead: ExpectedHead

    package init(
        name: String, target: String? = nil, message: String? = nil, date: Date? = nil,
        expectedHead: ExpectedHead = .any
    ) {
        self.name = name
        self.target = target
        self.message = message
        self.date = date
        self.expectedHead = expectedHead
    }
}
