package import Assistant
internal import Git

/// `git_show`
package struct GitShow: ReadingTool, GitTool {
    package static let ref = Parameter("ref", default: "HEAD") { "A commit, \($0) when left out." }
    package static let path = GitParameters.path

    package static let declaration = ToolDeclaration(
        reading: "git_show", "One commit with what it changes.", families: [.gitReading], parameters: [ref, path])

    private let repository: Repository
    private let filter: PatchFilter

    init(_ place: GitPlace) {
        repository = place.repository
        filter = place.filter
    }

    package func read(_ arguments: Arguments) async throws(ToolError) -> CommitView {
        let shown = try await inRepository { () throws(GitError) in
            try await repository.show(arguments[Self.ref], path: arguments[Self.path], filter: filter)
        }
        return CommitView(shown)
    }
}
