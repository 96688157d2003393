package import Assistant
internal import Git
internal import JSON

/// `git_checkout`; bound to HEAD as it was when the call was prepared.
package struct GitCheckout: GitTool {
    package typealias Output = MovedHead

    package static let ref = Parameter<String>("ref", "The branch or ref.")

    package static let declaration = ToolDeclaration(
        "git_checkout", "Switches to a branch, or detaches HEAD at another ref. Never loses local changes.",
        families: [.gitWriting], effect: .writeLocal, recovery: .idempotent, undo: .checkout, parameters: [ref])

    private let place: GitPlace

    init(_ place: GitPlace) { self.place = place }

    package func prepare(_ arguments: Arguments) async throws(ToolError) -> PreparedCall {
        let repository = place.repository
        let reference = arguments[Self.ref]
        let (head, target) = try await inRepository { () throws(GitError) in
            (try await repository.head(), try await repository.resolve(reference))
        }
        let before = HeadPlace(head)
        return PreparedCall(
            intent: ["head": before.json, "ref": .string(reference), "commit": .string(target.hex)],
            subject: PolicySubject(repository: place.name),
            preview: "switch from \(head.branch ?? head.commit?.short ?? "nothing") to \(reference) (\(target.short))"
        ) { () async throws(ToolError) in
            let now = try await inRepository { () throws(GitError) in
                try await repository.checkout(reference, expectedHead: ExpectedHead(head))
            }
            return ToolResult(
                MovedHead(head: HeadPlace(now), short: now.commit?.short).json,
                undo: GitUndo.checkout(head: before).json)
        }
    }
}
