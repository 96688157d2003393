internal import Assistant
internal import Workspace

/// The workspace that the file tools act on.
struct FilePlace: Sendable {
    let workspace: Workspace
    /// What policies call its repository.
    let repository: String?
}

/// A tool that needs nothing but the workspace.
protocol FileTool: DeclaredTool {
    init(_ place: FilePlace)
}

extension WorkspacePath {
    /// The root where no directory was named.
    init(directoryOrRoot path: String?) throws(WorkspaceError) {
        self = if let path { try WorkspacePath(directory: path) } else { .root }
    }
}
