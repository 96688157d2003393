package import Assistant
internal import Git

/// `git_branches`
package struct GitBranches: ReadingTool, GitTool {
    package static let remote = Parameter("remote", "Also the remotes' branches.", default: false)

    package static let mergedInto = Parameter<String?>("merged_into", "Only those that this branch or ref has already.")
    package static let notMergedInto = Parameter<String?>("not_merged_into", "Only those that it has not.")

    package static let declaration = ToolDeclaration(
        reading: "git_branches", "Local branches, and remote ones when asked for.", families: [.gitReading],
        parameters: [remote, mergedInto, notMergedInto])

    private let repository: Repository

    init(_ place: GitPlace) { repository = place.repository }

    package func read(_ arguments: Arguments) async throws(ToolError) -> BranchList {
        var branches = try await inRepository { () throws(GitError) in
            try await repository.branches(includingRemote: arguments[Self.remote])
        }
        if let target = arguments[Self.mergedInto] { branches = try await only(branches, mergedInto: target) }
        if let target = arguments[Self.notMergedInto] {
            let merged = Set(try await only(branches, mergedInto: target))
            branches.removeAll { merged.contains($0) }
        }
        return BranchList(branches)
    }

    /// The branches whose last commit another one reaches.
    private func only(_ branches: [Branch], mergedInto target: String) async throws(ToolError) -> [Branch] {
        try await inRepository { () throws(GitError) in
            let commit = try await repository.resolve(target)
            var merged: [Branch] = []
            for branch in branches where branch.name != target && !(branch.isHead && target == "HEAD") {
                let base = try await repository.mergeBase(branch.commit.hex, commit.hex)
                if base == branch.commit { merged.append(branch) }
            }
            return merged
        }
    }
}
