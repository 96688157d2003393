package import Assistant
internal import FoundationEssentials
internal import Git

/// `git_log`
package struct GitLog: ReadingTool, GitTool {
    package static let limit = Parameter("limit", default: 20, .within(1...200)) { "Most commits, \($0) by default." }
    package static let path = GitParameters.path
    package static let range = Parameter<String?>("range", "A ref, or A..B.")
    package static let author = Parameter<String?>("author", "Part of the author's name or email.")
    package static let since = Parameter<String?>("since", "ISO 8601 time or day; committed then or later.")
    package static let until = Parameter<String?>("until", "ISO 8601 time or day; committed then or earlier.")
    package static let changes = Parameter(
        "changes", "Count the changed files and lines of each commit.", default: false)

    package static let declaration = ToolDeclaration(
        reading: "git_log", "Commits, newest first.", families: [.gitReading, .authorship],
        parameters: [limit, path, range, author, since, until, changes])

    private let repository: Repository

    init(_ place: GitPlace) { repository = place.repository }

    package func read(_ arguments: Arguments) async throws(ToolError) -> CommitList {
        let query = LogQuery(
            start: arguments[Self.range], path: arguments[Self.path], author: arguments[Self.author],
            since: try Self.date(arguments[Self.since]), until: try Self.date(arguments[Self.until]),
            limit: arguments[Self.limit], includesChanges: arguments[Self.changes])
        let log = try await inRepository { () throws(GitError) in try await repository.log(query) }
        return CommitList(
            commits: log.commits.map(CommitEntry.init), hasMore: log.hasMore, isShallow: log.isCutByShallowClone)
    }

    /// A time as ISO 8601, or a day.
    private static func date(_ text: String?) throws(ToolError) -> Date? {
        guard let text else { return nil }
        if let date = try? Date(text, strategy: .iso8601) { return date }
        if let day = try? Date("\(text)T00:00:00Z", strategy: .iso8601) { return day }
        throw ToolError(.invalidArguments, "\(text) is no time; write 2026-01-31 or 2026-01-31T12:00:00Z")
    }
}
