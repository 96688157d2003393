package import Assistant
internal import Git

/// `git_branches`
package struct GitBranches: ReadingTool, GitTool {
    package static let remote = Parameter("remote", "Also the remotes' branches.", default: false)

    package static let declaration = ToolDeclaration(
        reading: "git_branches", "Local branches, and remote ones when asked for.", families: [.gitReading],
        parameters: [remote])

    private let repository: Repository

    init(_ place: GitPlace) { repository = place.repository }

    package func read(_ arguments: Arguments) async throws(ToolError) -> BranchList {
        let branches = try await inRepository { () throws(GitError) in
            try await repository.branches(includingRemote: arguments[Self.remote])
        }
        return BranchList(branches)
    }
}
