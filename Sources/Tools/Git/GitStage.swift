package import Assistant
internal import Git
internal import JSON
internal import Workspace

/// `git_stage`
package struct GitStage: GitTool {
    package typealias Output = StagedPaths

    package static let paths = Parameter("paths", "Files and directories; . for all.", default: [String]())

    package static let declaration = ToolDeclaration(
        "git_stage", "Puts files into the staging area as they are in the work tree.", families: [.gitWriting],
        effect: .writeLocal, recovery: .idempotent, parameters: [paths])

    private let place: GitPlace

    init(_ place: GitPlace) { self.place = place }

    package func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall {
        let repository = place.repository
        let paths = try await WorkspacePath.canonical(arguments[Self.paths])
        guard !paths.isEmpty else { throw ToolError(.invalidArguments, "no path is named; name the files to stage") }
        return PreparedCall(
            intent: ["paths": paths.json], subject: PolicySubject(repository: place.name, paths: paths),
            preview: "stage:\n" + paths.map { "  \($0)" }.joined(separator: "\n")
        ) { () async throws(ToolError) in
            let staged = try await inRepository { () throws(GitError) in try await repository.stage(paths) }
            return ToolResult(StagedPaths(paths: staged).json)
        }
    }
}
