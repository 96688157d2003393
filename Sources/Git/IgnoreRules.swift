/// What `.gitignore` and its like leave out, for those who walk the work tree themselves.
///
/// Has a repository handle of its own, so it may be asked from any thread.
package final class IgnoreRules: Sendable {
    /// Rules of the repository that `workTree` is the top of.
    package init(workTree: String) throws(GitError) { throw .declared }

    /// Whether a path is ignored; tracked files never are.
    ///
    /// - Parameter path: From the work tree's top.
    package func isIgnored(_ path: String, isDirectory: Bool) -> Bool { false }
}
