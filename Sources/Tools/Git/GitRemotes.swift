package import Assistant
internal import Git

/// `git_remotes`
package struct GitRemotes: ReadingTool, GitTool {
    package static let declaration = ToolDeclaration(
        reading: "git_remotes", "Remotes with their URLs.", families: [.gitReading])

    private let repository: Repository

    init(_ place: GitPlace) { repository = place.repository }

    package func read(_ arguments: Arguments) async throws(ToolError) -> RemoteList {
        let remotes = try await inRepository { () throws(GitError) in try await repository.remotes() }
        return RemoteList(remotes: remotes.map { RemoteList.Entry(name: $0.name, url: $0.url) })
    }
}
