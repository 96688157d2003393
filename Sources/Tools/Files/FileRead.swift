package import Assistant
internal import Workspace

/// `file_read`
package struct FileRead: ReadingTool, FileTool {
    private static let mostLines = 10_000_000

    package static let path = Parameter<String>("path", "The file.")
    package static let firstLine = Parameter("first_line", "From 1.", default: 1, .within(1...mostLines))
    package static let lastLine = Parameter("last_line", "Inclusive.", default: mostLines, .within(1...mostLines))

    package static let declaration = ToolDeclaration(
        reading: "file_read", "Reads a text file, or some of its lines.", families: [.fileReading],
        parameters: [path, firstLine, lastLine])

    private let workspace: Workspace

    init(_ place: FilePlace) { workspace = place.workspace }

    package func read(_ arguments: Arguments) async throws(ToolError) -> FilePassage {
        let first = arguments[Self.firstLine]
        let last = max(first, arguments[Self.lastLine])
        let text = try await inWorkspace { () throws(WorkspaceError) in
            try await workspace.read(WorkspacePath(arguments[Self.path]), lines: first...last)
        }
        return FilePassage(text)
    }
}
