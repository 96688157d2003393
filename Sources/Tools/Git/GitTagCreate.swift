package import Assistant
internal import FoundationEssentials
internal import Git
internal import JSON

/// `git_tag_create`
package struct GitTagCreate: GitTool {
    package typealias Output = MadeTag

    package static let name = Parameter<String>("name", "The new tag.")
    package static let at = Parameter("at", default: "HEAD") { "What it names; \($0) when left out." }
    package static let message = Parameter<String?>("message", "Makes it an annotated tag.")

    package static let declaration = ToolDeclaration(
        "git_tag_create", "Creates a tag; an annotated one when it has a message.", families: [.gitWriting],
        effect: .writeLocal, recovery: .idempotent, undo: .tag, parameters: [name, at, message])

    private let place: GitPlace

    init(_ place: GitPlace) { self.place = place }

    package func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall {
        let repository = place.repository
        let tag = arguments[Self.name]
        let target = try await inRepository { () throws(GitError) in try await repository.resolve(arguments[Self.at]) }
        let request = TagRequest(name: tag, target: target.hex, message: arguments[Self.message], date: .now)
        return PreparedCall(
            intent: ["tag": .string(tag), "commit": .string(target.hex)],
            subject: PolicySubject(repository: place.name), preview: "create the tag \(tag) at \(target.short)"
        ) { () async throws(ToolError) in
            let made = try await inRepository { () throws(GitError) in try await repository.createTag(request) }
            return ToolResult(
                MadeTag(tag: made.name, short: made.target.short).json,
                undo: GitUndo.tag(name: made.name, commit: target.hex).json)
        }
    }
}
