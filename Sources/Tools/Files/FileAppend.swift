package import Assistant
internal import Workspace

/// `file_append`
package struct FileAppend: FileWritingTool {
    package static let path = Parameter<String>("path", "The file.")
    package static let content = Parameter<String>("content", "The text to add.")

    package static let declaration = ToolDeclaration(
        changingFiles: "file_append",
        "Adds text to the end of a file, on a line of its own; makes the file if need be.",
        parameters: [path, content])

    let place: FilePlace

    init(_ place: FilePlace) { self.place = place }

    func edit(_ arguments: Arguments) throws(WorkspaceError) -> WorkspaceEdit {
        .append(try WorkspacePath(arguments[Self.path]), text: arguments[Self.content])
    }
}
