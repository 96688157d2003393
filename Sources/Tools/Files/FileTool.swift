internal import Assistant
internal import Workspace

/// A tool that needs nothing but the workspace.
protocol FileTool: DeclaredTool {
    init(_ place: FilePlace)
}

/// The workspace that the file tools act on.
struct FilePlace: Sendable {
    let workspace: Workspace
    /// What policies call its repository.
    let repository: String?
}
