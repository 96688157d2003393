package import Assistant
internal import Git

/// `git_diff`
package struct GitDiff: ReadingTool, GitTool {
    package static let from = Parameter("from", default: "HEAD") { "A ref; \($0) when left out." }
    package static let to = Parameter<String?>("to", "A ref.")
    package static let path = GitParameters.path
    package static let staged = Parameter(
        "staged", "What is staged, against HEAD; without from and to.", default: false)

    package static let declaration = ToolDeclaration(
        reading: "git_diff",
        "What differs between two refs, or between a ref and the work tree when \"to\" is left out.",
        families: [.gitReading], parameters: [from, to, path, staged])

    private static let bounds = DiffBounds(patchBytes: 100_000, files: 300)

    private let repository: Repository
    private let filter: PatchFilter

    init(_ place: GitPlace) {
        repository = place.repository
        filter = place.filter
    }

    package func read(_ arguments: Arguments) async throws(ToolError) -> DiffView {
        let from = arguments[Self.from]
        let range: DiffRange =
            if let to = arguments[Self.to] {
                .between(from, to)
            } else if arguments[Self.staged] {
                .staged
            } else {
                from == "HEAD" ? .uncommitted : .sinceReference(from)
            }
        let diff = try await inRepository { () throws(GitError) in
            try await repository.diff(range, path: arguments[Self.path], bounds: Self.bounds, filter: filter)
        }
        return DiffView(diff: DiffText(diff), from: from, to: arguments[Self.to])
    }
}
