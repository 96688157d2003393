package import Assistant
internal import Git
internal import JSON

/// `git_branch_create`
package struct GitBranchCreate: GitTool {
    package typealias Output = MadeBranch

    package static let name = Parameter<String>("name", "The new branch.")
    package static let at = Parameter("at", default: "HEAD") { "Where it starts; \($0) when left out." }

    package static let declaration = ToolDeclaration(
        "git_branch_create", "Creates a branch without switching to it.", families: [.gitWriting],
        effect: .writeLocal, recovery: .idempotent, undo: .branch, parameters: [name, at])

    private let place: GitPlace

    init(_ place: GitPlace) { self.place = place }

    package func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall {
        let repository = place.repository
        let branch = arguments[Self.name]
        let target = try await inRepository { () throws(GitError) in try await repository.resolve(arguments[Self.at]) }
        return PreparedCall(
            intent: ["branch": .string(branch), "commit": .string(target.hex)],
            subject: PolicySubject(repository: place.name), preview: "create the branch \(branch) at \(target.short)"
        ) { () async throws(ToolError) in
            let made = try await inRepository { () throws(GitError) in
                try await repository.createBranch(branch, at: target.hex)
            }
            return ToolResult(
                MadeBranch(branch: made.name, short: made.shortID).json,
                undo: GitUndo.branch(name: made.name, commit: target.hex).json)
        }
    }
}
