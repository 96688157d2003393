package import Assistant
internal import Workspace

/// `file_move`
package struct FileMove: FileWritingTool {
    package static let path = Parameter<String>("path", "What is moved.")
    package static let to = Parameter<String>("to", "Its new path.")

    package static let declaration = ToolDeclaration(
        changingFiles: "file_move", "Renames or moves a file or directory; never over another one.",
        parameters: [path, to])

    let place: FilePlace

    init(_ place: FilePlace) { self.place = place }

    func edit(_ arguments: Arguments) throws(WorkspaceError) -> WorkspaceEdit {
        .move(
            try WorkspacePath(arguments[Self.path]), to: try WorkspacePath(arguments[Self.to]), overwriting: false)
    }
}
