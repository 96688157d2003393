package import Assistant
internal import Git

/// `git_contributors`
package struct GitContributors: ReadingTool, GitTool {
    package static let range = Parameter<String?>("range", "A ref, or A..B; HEAD when left out.")
    package static let path = GitParameters.path
    package static let since = GitParameters.since
    package static let until = GitParameters.until

    package static let declaration = ToolDeclaration(
        reading: "git_contributors", "Who wrote the commits, with their numbers, most first.",
        families: [.gitReading, .authorship], parameters: [range, path, since, until])

    private let repository: Repository

    init(_ place: GitPlace) { repository = place.repository }

    package func read(_ arguments: Arguments) async throws(ToolError) -> ContributorList {
        let (since, until) = (
            try GitParameters.date(arguments[Self.since]), try GitParameters.date(arguments[Self.until])
        )
        let found = try await inRepository { () throws(GitError) in
            try await repository.contributors(
                of: arguments[Self.range], path: arguments[Self.path], since: since, until: until)
        }
        return ContributorList(
            people: found.people.map { ContributorList.Person(name: $0.name, email: $0.email, commits: $0.commits) },
            commits: found.commits, isShallow: found.isCutByShallowClone)
    }
}
