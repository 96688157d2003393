package import Assistant
internal import Workspace

/// `file_delete`
package struct FileDelete: FileWritingTool {
    package static let path = Parameter<String>("path", "What is deleted.")
    package static let recursive = Parameter("recursive", "Also a directory that is not empty.", default: false)

    package static let declaration = ToolDeclaration(
        changingFiles: "file_delete", "Deletes a file or an empty directory.", parameters: [path, recursive])

    let place: FilePlace

    init(_ place: FilePlace) { self.place = place }

    func edit(_ arguments: Arguments) throws(WorkspaceError) -> WorkspaceEdit {
        .delete(try WorkspacePath(arguments[Self.path]), recursive: arguments[Self.recursive])
    }
}
