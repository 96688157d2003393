package import Assistant
internal import Workspace

/// `directory_create`
package struct DirectoryCreate: FileWritingTool {
    package static let path = Parameter<String>("path", "The directory.")

    package static let declaration = ToolDeclaration(
        changingFiles: "directory_create", "Makes a directory and those above it.", parameters: [path])

    let place: FilePlace

    init(_ place: FilePlace) { self.place = place }

    func edit(_ arguments: Arguments) throws(WorkspaceError) -> WorkspaceEdit {
        .makeDirectory(try WorkspacePath(directory: arguments[Self.path]))
    }
}
