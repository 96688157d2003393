package import Assistant
internal import Workspace

/// `file_find`
package struct FileFind: ReadingTool, FileTool {
    package static let name = Parameter<String>("name", "Part of the name, or a whole path.")
    package static let limit = Parameter("limit", default: 50, .within(1...500)) { "Most paths, \($0) by default." }

    package static let declaration = ToolDeclaration(
        reading: "file_find", "Finds files whose names contain a text.", families: [.fileReading],
        parameters: [name, limit])

    private let workspace: Workspace

    init(_ place: FilePlace) { workspace = place.workspace }

    package func read(_ arguments: Arguments) async throws(ToolError) -> FoundPaths {
        let name = arguments[Self.name]
        // A whole path is found by its last component; the caller tells them apart.
        let last = name.split(separator: "/").last.map(String.init) ?? name
        let listing = try await inWorkspace { () throws(WorkspaceError) in
            try await workspace.files(named: last, limit: arguments[Self.limit])
        }
        return FoundPaths(
            paths: listing.entries.filter { $0.kind == .file }.map(\.path.description), hasMore: listing.isTruncated)
    }
}
