/// What a repository has names for. Each is looked up once, when a request asks for it.
package protocol NameSource: Sendable {
    /// Paths of the files of the work tree, from its top.
    func files() async -> [String]
    /// Branches, tags and remotes.
    func references() async -> ReferenceNames
    /// Who has committed, in the spelling of their commits.
    func people() async -> [String]
}

/// The names that git knows.
package struct ReferenceNames: Sendable, Hashable {
    package var branches: [String]
    package var remoteBranches: [String]
    package var tags: [String]
    package var remotes: [String]
    /// The branch that HEAD is on.
    package var current: String?

    package init(
        branches: [String] = [], remoteBranches: [String] = [], tags: [String] = [], remotes: [String] = [],
        current: String? = nil
    ) {
        self.branches = branches
        self.remoteBranches = remoteBranches
        self.tags = tags
        self.remotes = remotes
        self.current = current
    }
}

/// A place without a repository.
package struct NoNames: NameSource {
    package init() {}

    package func files() async -> [String] { [] }

    package func references() async -> ReferenceNames { ReferenceNames() }

    package func people() async -> [String] { [] }
}
