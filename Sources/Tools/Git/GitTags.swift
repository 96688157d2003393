package import Assistant
internal import Git

/// `git_tags`
package struct GitTags: ReadingTool, GitTool {
    package static let declaration = ToolDeclaration(
        reading: "git_tags", "Tags, newest first.", families: [.gitReading])

    private let repository: Repository

    init(_ place: GitPlace) { repository = place.repository }

    package func read(_ arguments: Arguments) async throws(ToolError) -> TagList {
        TagList(try await inRepository { () throws(GitError) in try await repository.tags() })
    }
}
