/// What a repository has that not everything can serve; found once when it is opened.
package struct RepositoryTraits: Sendable, Hashable {
    package var isBare = false
    package var isShallow = false
    /// A linked work tree (`git worktree add`).
    package var isLinkedWorkTree = false
    /// The work tree of a submodule.
    package var isSubmodule = false
    package var isSparse = false
    package var hasSplitIndex = false
    package var isPartialClone = false
    /// An attributes file names an external filter, such as `lfs`.
    package var externalFilters: [String] = []
    /// `commit.gpgsign`.
    package var signsCommits = false
    /// `tag.gpgsign`.
    package var signsTags = false
    /// Executable hooks by name, such as `pre-commit`.
    package var hooks: [String] = []
    /// Object directories outside of the repository that it borrows from.
    package var alternates: [String] = []
    /// Bare repositories inside of the work tree, below which it was named: they are not opened.
    package var passedOver: [String] = []
    /// What libgit2 cannot open: `objectformat`, `refstorage`, `worktreeconfig`, …; reads go through the git program.
    package var extensions: [String] = []
}
