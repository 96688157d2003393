internal import Workspace

extension WorkspacePath {
    /// The root where no directory was named.
    init(directoryOrRoot path: String?) throws(WorkspaceError) {
        self = if let path { try WorkspacePath(directory: path) } else { .root }
    }
}
