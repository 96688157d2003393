internal import Assistant
internal import JSON
internal import Workspace

/// The tools that look at the workspace's files.
struct FileReadingTools: Sendable {
    let workspace: Workspace

    var all: [any Tool] { [list, read, search, find] }

    private var list: DefinedTool {
        DefinedTool(
            reading: "file_list", "Lists the files and directories below a directory.",
            [
                .text("path", "The directory; the root when left out.", required: false),
                .count("depth", "Levels of directories, 1 by default.", 1...20),
                .count("limit", "Most entries, 200 by default.", 1...1000),
            ]
        ) { arguments throws(ToolError) in
            let listing = try await inWorkspace { () throws(WorkspaceError) in
                try await workspace.list(
                    try Self.directory(arguments), depth: arguments["depth"]?.integer ?? 1,
                    limit: arguments["limit"]?.integer ?? 200)
            }
            let entries = listing.entries.map { entry -> JSON in
                let path = JSON.string(entry.path.description)
                guard entry.kind == .file else { return ["path": path, "kind": .string(entry.kind.rawValue)] }
                return ["path": path, "kind": "file", "bytes": .integer(entry.size)]
            }
            return ["entries": .array(entries), "more": .bool(listing.isTruncated)]
        }
    }

    private var read: DefinedTool {
        DefinedTool(
            reading: "file_read", "Reads a text file, or some of its lines.",
            [
                .text("path", "The file."), .count("first_line", "From 1.", 1...10_000_000),
                .count("last_line", "Inclusive.", 1...10_000_000),
            ]
        ) { arguments throws(ToolError) in
            let first = arguments["first_line"]?.integer ?? 1
            let last = max(first, arguments["last_line"]?.integer ?? 10_000_000)
            let text = try await inWorkspace { () throws(WorkspaceError) in
                try await workspace.read(WorkspacePath(arguments["path"]?.string ?? ""), lines: first...last)
            }
            return [
                "path": .string(text.path.description), "text": .string(text.text),
                "first_line": .integer(text.firstLine),
                "last_line": .integer(text.lastLine), "total_lines": .integer(text.lineCount),
            ]
        }
    }

    private var search: DefinedTool {
        DefinedTool(
            reading: "file_search", "Finds the lines of files that contain a text, upper and lower case alike.",
            [
                .text("text", "The literal text."), .text("path", "The directory to start in.", required: false),
                .text("files", "Only files that match this pattern, such as **/*.swift.", required: false),
                .flag("case_sensitive", "Tell upper from lower case."),
                .count("limit", "Most matches, 50 by default.", 1...500),
            ]
        ) { arguments throws(ToolError) in
            let matches = try await inWorkspace { () throws(WorkspaceError) in
                var files: [Glob] = []
                if let pattern = arguments["files"]?.string { files = [try Glob(pattern)] }
                let search = TextSearch(
                    arguments["text"]?.string ?? "", isCaseSensitive: arguments["case_sensitive"]?.bool ?? false,
                    files: files, directory: try Self.directory(arguments), limit: arguments["limit"]?.integer ?? 50)
                return try await workspace.search(search)
            }
            let found = matches.matches.map { match -> JSON in
                [
                    "path": .string(match.path.description), "line": .integer(match.line), "text": .string(match.text),
                ]
            }
            return ["matches": .array(found), "more": .bool(matches.isTruncated)]
        }
    }

    private var find: DefinedTool {
        DefinedTool(
            reading: "file_find", "Finds files whose names contain a text.",
            [
                .text("name", "Part of the name, or a whole path."),
                .count("limit", "Most paths, 50 by default.", 1...500),
            ]
        ) { arguments throws(ToolError) in
            let name = arguments["name"]?.string ?? ""
            let limit = arguments["limit"]?.integer ?? 50
            // A whole path is found by its last component; the caller tells them apart.
            let last = name.split(separator: "/").last.map(String.init) ?? name
            let listing = try await inWorkspace { () throws(WorkspaceError) in
                try await workspace.files(named: last, limit: limit)
            }
            let paths = listing.entries.filter { $0.kind == .file }.map { JSON.string($0.path.description) }
            return ["paths": .array(paths), "more": .bool(listing.isTruncated)]
        }
    }

    private static func directory(_ arguments: JSON) throws(WorkspaceError) -> WorkspacePath {
        guard let path = arguments["path"]?.string else { return .root }
        return try WorkspacePath(directory: path)
    }
}
