package import Assistant
internal import Workspace

/// `file_create`
package struct FileCreate: FileWritingTool {
    package static let path = Parameter<String>("path", "The new file.")
    package static let content = Parameter<String>("content", "Its whole text.", .mayBeEmpty)

    package static let declaration = ToolDeclaration(
        changingFiles: "file_create", "Creates a text file that does not exist yet, with the directories above it.",
        parameters: [path, content])

    let place: FilePlace

    init(_ place: FilePlace) { self.place = place }

    func edit(_ arguments: Arguments) throws(WorkspaceError) -> WorkspaceEdit {
        .create(try WorkspacePath(arguments[Self.path]), text: arguments[Self.content])
    }
}
