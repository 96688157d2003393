/// What a policy file's patterns are matched with.
package struct PolicySubject: Sendable, Hashable {
    /// `owner/name`, or the repository's directory name when it has no remote.
    package var repository: String?
    /// Every path the call touches, relative to the workspace.
    package var paths: [String]
    /// What a person types to confirm a `destroy`.
    package var nameToType: String?

    package init(repository: String? = nil, paths: [String] = [], nameToType: String? = nil) {
        self.repository = repository
        self.paths = paths
        self.nameToType = nameToType
    }
}
