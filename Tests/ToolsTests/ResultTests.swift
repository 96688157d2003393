import Assistant
import JSON
import Testing

@testable import Tools

struct `The result of a tool` {
    /// A call of a tool whose results are read here.
    struct Call: Sendable, CustomTestStringConvertible {
        let tool: any DeclaredTool.Type
        let arguments: Arguments
        var testDescription: String { "\(tool.declaration.name) \(arguments.json)" }

        init(_ tool: any DeclaredTool.Type, _ arguments: GivenArgument...) {
            self.tool = tool
            self.arguments = Arguments(arguments)
        }
    }

    @Test(arguments: [
        Call(FileList.self, FileList.depth.set(2)), Call(FileRead.self, FileRead.path.set("README.md")),
        Call(FileSearch.self, FileSearch.text.set("answer")), Call(FileFind.self, FileFind.name.set("main")),
        Call(FileCreate.self, FileCreate.path.set("a/b.txt"), FileCreate.content.set("x")),
        Call(FileDelete.self, FileDelete.path.set("new.txt")),
        Call(GitStatus.self), Call(GitLog.self, GitLog.changes.set(true)), Call(GitShow.self),
        Call(GitDiff.self, GitDiff.from.set("v1"), GitDiff.to.set("main")), Call(GitDiff.self),
        Call(GitBlame.self, GitBlame.path.set("README.md")), Call(GitBranches.self), Call(GitTags.self),
        Call(GitRemotes.self), Call(GitContributors.self),
        Call(GitCommit.self, GitCommit.message.set("Add it"), GitCommit.all.set(true)),
        Call(GitBranchCreate.self, GitBranchCreate.name.set("topic")),
        Call(GitCheckout.self, GitCheckout.ref.set("v1")), Call(GitTagCreate.self, GitTagCreate.name.set("v2")),
    ])
    func `is read from what models see, and nothing is lost`(call: Call) async throws {
        let output = try await Workbench.make().call(call.tool.declaration.name, call.arguments.json)
        #expect(Self.reread(output, call.tool)?.description == output.description)
    }

    private static func reread<Called: DeclaredTool>(_ output: JSON, _ tool: Called.Type) -> JSON? {
        Called.Output(json: output)?.json
    }

    @Test func `of memory is read, too`() {
        let json: JSON = [
            "messages": [["date": "2026-01-31T12:00:00Z", "role": "user", "run": "r", "session": "s", "content": "c"]]
        ]
        #expect(FoundMessages(json: json)?.json == json)
        #expect(FoundMessages(json: json)?.messages.map(\.role) == [.user])
    }

    @Test(arguments: [
        GitUndo.commit(id: "a", head: HeadPlace(branch: "main", commit: nil)), .branch(name: "b", commit: "c"),
        .checkout(head: HeadPlace(branch: nil, commit: "d")), .tag(name: "t", commit: "e"),
    ])
    func `comes with what takes it back`(undo: GitUndo) {
        #expect(GitUndo(json: undo.json) == undo)
    }

    @Test func `is not read from something else`() {
        #expect(CommitList(json: ["commits": [["id": "a"]], "more": false, "shallow": false]) == nil)
        #expect(CommitList(json: "nothing") == nil && GitUndo(json: ["kind": "other"]) == nil)
    }
}
