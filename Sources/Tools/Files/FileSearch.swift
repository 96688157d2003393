package import Assistant
internal import Workspace

/// `file_search`
package struct FileSearch: ReadingTool, FileTool {
    package static let text = Parameter<String>("text", "The literal text.")
    package static let path = Parameter<String?>("path", "The directory to start in.")
    package static let files = Parameter<String?>(
        "files", "Only files that match this pattern, such as **/*.swift.")
    package static let caseSensitive = Parameter("case_sensitive", "Tell upper from lower case.", default: false)
    package static let limit = Parameter("limit", default: 50, .within(1...500)) { "Most matches, \($0) by default." }

    package static let declaration = ToolDeclaration(
        reading: "file_search", "Finds the lines of files that contain a text, upper and lower case alike.",
        families: [.fileReading], parameters: [text, path, files, caseSensitive, limit])

    private let workspace: Workspace

    init(_ place: FilePlace) { workspace = place.workspace }

    package func read(_ arguments: Arguments) async throws(ToolError) -> FoundLines {
        let matches = try await inWorkspace { () throws(WorkspaceError) in
            var files: [Glob] = []
            if let pattern = arguments[Self.files] { files = [try Glob(pattern)] }
            let search = TextSearch(
                arguments[Self.text], isCaseSensitive: arguments[Self.caseSensitive], files: files,
                directory: try WorkspacePath(directoryOrRoot: arguments[Self.path]), limit: arguments[Self.limit])
            return try await workspace.search(search)
        }
        return FoundLines(matches)
    }
}
