internal import Assistant
internal import FoundationEssentials
internal import Git
internal import JSON

/// The tools that look at the local repository.
struct GitReadingTools: Sendable {
    let repository: Repository

    var all: [any Tool] { [status, log, show, diff, blame, branches, tags, remotes, contributors] }

    private static let path = Parameter.text("path", "Only this file or directory.", required: false)

    private var status: DefinedTool {
        DefinedTool(reading: "git_status", "The branch, its upstream and every changed file.", []) {
            _ throws(ToolError) in
            try await inRepository { () throws(GitError) in try await repository.status(limit: 300) }.json
        }
    }

    private var log: DefinedTool {
        DefinedTool(
            reading: "git_log", "Commits, newest first.",
            [
                .count("limit", "Most commits, 20 by default.", 1...200), Self.path,
                .text("range", "A ref, or A..B.", required: false),
                .text("author", "Part of the author's name or email.", required: false),
                .text("since", "ISO 8601 time or day; committed then or later.", required: false),
                .text("until", "ISO 8601 time or day; committed then or earlier.", required: false),
                .flag("changes", "Count the changed files and lines of each commit."),
            ]
        ) { arguments throws(ToolError) in
            let query = LogQuery(
                start: arguments["range"]?.string, path: arguments["path"]?.string, author: arguments["author"]?.string,
                since: try Self.date(arguments["since"]), until: try Self.date(arguments["until"]),
                limit: arguments["limit"]?.integer ?? 20, includesChanges: arguments["changes"]?.bool ?? false)
            let log = try await inRepository { () throws(GitError) in try await repository.log(query) }
            return [
                "commits": .array(log.commits.map(\.json)), "more": .bool(log.hasMore),
                "shallow": .bool(log.isCutByShallowClone),
            ]
        }
    }

    private var show: DefinedTool {
        DefinedTool(
            reading: "git_show", "One commit with what it changes.",
            [.text("ref", "A commit, HEAD when left out.", required: false), Self.path]
        ) { arguments throws(ToolError) in
            let shown = try await inRepository { () throws(GitError) in
                try await repository.show(arguments["ref"]?.string ?? "HEAD", path: arguments["path"]?.string)
            }
            return .object((shown.commit.json.object ?? [:]).merging(shown.diff.json) { _, change in change })
        }
    }

    private var diff: DefinedTool {
        DefinedTool(
            reading: "git_diff",
            "What differs between two refs, or between a ref and the work tree when \"to\" is left out.",
            [
                .text("from", "A ref; HEAD when left out.", required: false), .text("to", "A ref.", required: false),
                Self.path, .flag("staged", "What is staged, against HEAD; without from and to."),
            ]
        ) { arguments throws(ToolError) in
            let from = arguments["from"]?.string ?? "HEAD"
            let range: DiffRange =
                if let to = arguments["to"]?.string {
                    .between(from, to)
                } else if arguments["staged"]?.bool == true {
                    .staged
                } else {
                    from == "HEAD" ? .uncommitted : .sinceReference(from)
                }
            let diff = try await inRepository { () throws(GitError) in
                try await repository.diff(
                    range, path: arguments["path"]?.string, bounds: DiffBounds(patchBytes: 100_000, files: 300))
            }
            var members = diff.json
            members["from"] = .string(from)
            if let to = arguments["to"] { members["to"] = to }
            return .object(members)
        }
    }

    private var blame: DefinedTool {
        DefinedTool(
            reading: "git_blame", "Who wrote the lines of a file.",
            [
                .text("path", "The file."), .text("ref", "As it was there; HEAD when left out.", required: false),
                .count("first_line", "From 1.", 1...10_000_000), .count("last_line", "Inclusive.", 1...10_000_000),
            ]
        ) { arguments throws(ToolError) in
            var lines: ClosedRange<Int>?
            if let first = arguments["first_line"]?.integer {
                lines = first...max(first, arguments["last_line"]?.integer ?? first)
            }
            let range = lines
            return try await inRepository { () throws(GitError) in
                try await repository.blame(
                    arguments["path"]?.string ?? "", at: arguments["ref"]?.string ?? "HEAD", lines: range)
            }.json
        }
    }

    private var branches: DefinedTool {
        DefinedTool(
            reading: "git_branches", "Local branches, and remote ones when asked for.",
            [.flag("remote", "Also the remotes' branches.")]
        ) { arguments throws(ToolError) in
            let branches = try await inRepository { () throws(GitError) in
                try await repository.branches(includingRemote: arguments["remote"]?.bool ?? false)
            }
            return ["branches": .array(branches.map(\.json))]
        }
    }

    private var tags: DefinedTool {
        DefinedTool(reading: "git_tags", "Tags, newest first.", []) { _ throws(ToolError) in
            let tags = try await inRepository { () throws(GitError) in try await repository.tags() }
            return ["tags": .array(tags.map(\.json))]
        }
    }

    private var remotes: DefinedTool {
        DefinedTool(reading: "git_remotes", "Remotes with their URLs.", []) { _ throws(ToolError) in
            let remotes = try await inRepository { () throws(GitError) in try await repository.remotes() }
            return ["remotes": .array(remotes.map { ["name": .string($0.name), "url": .string($0.url)] })]
        }
    }

    private var contributors: DefinedTool {
        DefinedTool(
            reading: "git_contributors", "Who wrote the commits, with their numbers, most first.",
            [.text("range", "A ref, or A..B; HEAD when left out.", required: false), Self.path]
        ) { arguments throws(ToolError) in
            let found = try await inRepository { () throws(GitError) in
                try await repository.contributors(of: arguments["range"]?.string, path: arguments["path"]?.string)
            }
            let people = found.people.map { person -> JSON in
                ["name": .string(person.name), "email": .string(person.email), "commits": .integer(person.commits)]
            }
            return [
                "contributors": .array(people), "commits": .integer(found.commits),
                "shallow": .bool(found.isCutByShallowClone),
            ]
        }
    }

    /// A time as ISO 8601, or a day.
    private static func date(_ argument: JSON?) throws(ToolError) -> Date? {
        guard let text = argument?.string else { return nil }
        if let date = try? Date(text, strategy: .iso8601) { return date }
        if let day = try? Date("\(text)T00:00:00Z", strategy: .iso8601) { return day }
        throw ToolError(.invalidArguments, "\(text) is no time; write 2026-01-31 or 2026-01-31T12:00:00Z")
    }
}
