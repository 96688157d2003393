package import Assistant
internal import Workspace

/// `file_edit`
package struct FileEdit: FileWritingTool {
    package static let path = Parameter<String>("path", "The file.")
    package static let old = Parameter<String>("old", "The exact passage, long enough to occur once.")
    package static let new = Parameter<String>("new", "What takes its place.", .mayBeEmpty)
    package static let count = Parameter("count", default: 1, .within(1...10_000)) {
        "How often the passage occurs when all are meant; \($0) by default."
    }

    package static let declaration = ToolDeclaration(
        changingFiles: "file_edit", "Replaces an exact passage of a text file.", parameters: [path, old, new, count])

    let place: FilePlace

    init(_ place: FilePlace) { self.place = place }

    func edit(_ arguments: Arguments) throws(WorkspaceError) -> WorkspaceEdit {
        let replacement = TextReplacement(
            old: arguments[Self.old], new: arguments[Self.new], count: arguments[Self.count])
        return .edit(try WorkspacePath(arguments[Self.path]), [replacement])
    }
}
