internal import Assistant
internal import Workspace

extension WorkspacePath {
    /// The paths that were named, as the policy sees them and as git gets them: relative, canonical, inside. Git by
    /// itself would also take `docs/../secret` and absolute paths, after the policy had looked at something else.
    static func canonical(_ written: [String]) async throws(ToolError) -> [String] {
        var paths: [String] = []
        for path in written {
            var rest = Substring(path)
            while rest.hasPrefix("./") && rest.count > 2 { rest = rest.dropFirst(2) }
            let named = String(rest)
            let checked = try await inWorkspace { () throws(WorkspaceError) in try WorkspacePath(directory: named) }
            paths.append(checked.description)
        }
        return paths
    }
}
