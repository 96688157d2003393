package import Assistant
internal import Git

/// `git_status`
package struct GitStatus: ReadingTool, GitTool {
    package static let declaration = ToolDeclaration(
        reading: "git_status", "The branch, its upstream and every changed file.", families: [.gitReading])

    private let repository: Repository

    init(_ place: GitPlace) { repository = place.repository }

    package func read(_ arguments: Arguments) async throws(ToolError) -> StatusView {
        StatusView(try await inRepository { () throws(GitError) in try await repository.status(limit: 300) })
    }
}
