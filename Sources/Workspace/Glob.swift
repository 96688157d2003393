/// A pattern over paths: `*` and `?` stay within a component, `**` crosses them, `[a-z]`, `{a,b}`.
///
/// A pattern without `/` is held against the last component.
package struct Glob: Sendable, Hashable {
    package let pattern: String

    package init(_ pattern: String) throws(WorkspaceError) { self.pattern = pattern }

    package func matches(_ path: WorkspacePath) -> Bool { fatalError("contract only") }
}
