package import Assistant
internal import Git

/// `git_blame`
package struct GitBlame: ReadingTool, GitTool {
    package static let path = Parameter<String>("path", "The file.")
    package static let ref = Parameter("ref", default: "HEAD") { "As it was there; \($0) when left out." }
    package static let firstLine = Parameter<Int?>("first_line", "From 1.", .within(1...10_000_000))
    package static let lastLine = Parameter<Int?>("last_line", "Inclusive.", .within(1...10_000_000))

    package static let declaration = ToolDeclaration(
        reading: "git_blame", "Who wrote the lines of a file.", families: [.gitReading],
        parameters: [path, ref, firstLine, lastLine])

    private let repository: Repository

    init(_ place: GitPlace) { repository = place.repository }

    package func read(_ arguments: Arguments) async throws(ToolError) -> BlameView {
        let lines = arguments[Self.firstLine].map { $0...max($0, arguments[Self.lastLine] ?? $0) }
        let blame = try await inRepository { () throws(GitError) in
            try await repository.blame(arguments[Self.path], at: arguments[Self.ref], lines: lines)
        }
        return BlameView(blame)
    }
}
