package import Assistant
internal import Workspace

/// `file_list`
package struct FileList: ReadingTool, FileTool {
    package static let path = Parameter<String?>("path", "The directory; the root when left out.")
    package static let depth = Parameter("depth", default: 1, .within(1...20)) {
        "Levels of directories, \($0) by default."
    }
    package static let limit = Parameter("limit", default: 200, .within(1...1000)) {
        "Most entries, \($0) by default."
    }

    package static let declaration = ToolDeclaration(
        reading: "file_list", "Lists the files and directories below a directory.", families: [.fileReading],
        parameters: [path, depth, limit])

    private let workspace: Workspace

    init(_ place: FilePlace) { workspace = place.workspace }

    package func read(_ arguments: Arguments) async throws(ToolError) -> FileListing {
        let listing = try await inWorkspace { () throws(WorkspaceError) in
            try await workspace.list(
                try WorkspacePath(directoryOrRoot: arguments[Self.path]), depth: arguments[Self.depth],
                limit: arguments[Self.limit])
        }
        return FileListing(listing)
    }
}
