package import Assistant
internal import FoundationEssentials
internal import Git

/// `git_log`
package struct GitLog: ReadingTool, GitTool {
    package static let limit = Parameter("limit", default: 20, .within(1...200)) { "Most commits, \($0) by default." }
    package static let path = GitParameters.path
    package static let range = Parameter<String?>("range", "A ref, or A..B.")
    package static let author = Parameter<String?>("author", "Part of the author's name or email.")
    package static let authorName = Parameter<String?>("author_name", "The author's whole name.")
    package static let since = GitParameters.since
    package static let until = GitParameters.until
    package static let changes = Parameter(
        "changes", "Count the changed files and lines of each commit.", default: false)

    package static let total = Parameter("total", "Count all, also those behind the limit.", default: false)

    package static let declaration = ToolDeclaration(
        reading: "git_log", "Commits, newest first.", families: [.gitReading, .authorship],
        parameters: [limit, path, range, author, authorName, since, until, changes, total])

    private let repository: Repository

    init(_ place: GitPlace) { repository = place.repository }

    package func read(_ arguments: Arguments) async throws(ToolError) -> CommitList {
        let query = LogQuery(
            start: arguments[Self.range], path: arguments[Self.path], author: arguments[Self.author],
            since: try GitParameters.date(arguments[Self.since]), until: try GitParameters.date(arguments[Self.until]),
            limit: arguments[Self.limit], includesChanges: arguments[Self.changes],
            authorName: arguments[Self.authorName], countsAll: arguments[Self.total])
        let log = try await inRepository { () throws(GitError) in try await repository.log(query) }
        return CommitList(
            commits: log.commits.map(CommitEntry.init), hasMore: log.hasMore, isShallow: log.isCutByShallowClone,
            total: log.total)
    }
}
