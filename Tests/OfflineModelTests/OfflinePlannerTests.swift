import Assistant
import JSON
import Testing
import Tools

@testable import OfflineModel

struct `The offline planner's calls` {
    /// The answer to a request, given the results of calls before.
    private func answer(
        _ request: String, after results: [(tool: String, output: String)] = [], tools: [ToolDeclaration]
    ) async throws -> ChatResponse {
        var messages: [ChatMessage] = [.user(request)]
        for (index, result) in results.enumerated() {
            messages.append(
                .assistant(text: nil, calls: [ToolCall(id: "c\(index)", name: result.tool, arguments: "{}")]))
            messages.append(.tool(callID: "c\(index)", content: result.output))
        }
        let request = ChatRequest(messages: messages, tools: tools.map(\.description))
        return try await OfflinePlanner.fixture().respond(to: request) { _ in }
    }

    @Test(arguments: [
        ("Summarize the last three commits.", GitLog.declaration, #"{"limit":3,"total":true}"#),
        (
            "the commits by Ada since v1.0", GitLog.declaration,
            #"{"author_name":"Ada Lovelace","limit":10,"range":"v1.0..HEAD","total":true}"#
        ),
        ("commits on develop", GitLog.declaration, #"{"limit":10,"range":"develop","total":true}"#),
        (
            "how many commits did Ada make?", GitLog.declaration,
            #"{"author_name":"Ada Lovelace","limit":1,"total":true}"#
        ),
        (
            "commits before 2026-01-31", GitLog.declaration,
            #"{"limit":10,"total":true,"until":"2026-01-30T23:59:59Z"}"#
        ),
        ("What changed between v1.0 and main?", GitDiff.declaration, #"{"from":"v1.0","staged":false,"to":"main"}"#),
        ("Who wrote README.md?", GitContributors.declaration, #"{"path":"README.md"}"#),
        ("who works on the parser?", GitContributors.declaration, #"{"path":"Sources/parser.swift"}"#),
        (
            "who wrote line 3 of config.yml?", GitBlame.declaration, #"{"first_line":3,"path":"config.yml"}"#
        ),
        ("status", GitStatus.declaration, "{}"), ("¿Qué ramas hay?", GitBranches.declaration, #"{"remote":false}"#),
        (
            "which branches are merged into develop", GitBranches.declaration,
            #"{"merged_into":"develop","remote":false}"#
        ),
        ("find \"x\"", FileSearch.declaration, #"{"limit":100,"text":"x"}"#),
        ("what files are in Sources?", FileList.declaration, #"{"depth":1,"limit":300,"path":"Sources"}"#),
        (
            "first 3 lines of README.md", FileRead.declaration, #"{"first_line":1,"last_line":3,"path":"README.md"}"#
        ),
        ("create a file a.md with the text hi", FileCreate.declaration, #"{"content":"hi\n","path":"a.md"}"#),
        ("rename config.yml to b.yml", FileMove.declaration, #"{"path":"config.yml","to":"b.yml"}"#),
        ("move config.yml to docs", FileMove.declaration, #"{"path":"config.yml","to":"docs/config.yml"}"#),
        (
            "Create a branch from develop called hotfix", GitBranchCreate.declaration,
            #"{"at":"develop","name":"hotfix"}"#
        ),
        ("tag v1.9 at abc1234", GitTagCreate.declaration, #"{"at":"abc1234","name":"v1.9"}"#),
        ("tag this as v1.2", GitTagCreate.declaration, #"{"at":"HEAD","name":"v1.2"}"#),
        ("commit with the message \"Done\"", GitCommit.declaration, #"{"all":false,"message":"Done"}"#),
        ("commit everything with the message \"Done\"", GitCommit.declaration, #"{"all":true,"message":"Done"}"#),
        ("stage README.md", GitStage.declaration, #"{"paths":["README.md"]}"#),
    ])
    func `fit what the tools declare`(request: String, tool: ToolDeclaration, arguments: String) async throws {
        let call = try #require(try await answer(request, tools: Toolbox.declarations).calls.first)
        #expect(call.name == tool.name && call.arguments == arguments)
        _ = try Arguments(parsing: call.arguments, for: tool)
    }

    @Test func `hand a request to the agent who has the tools`() async throws {
        let delegates = AgentRoster.standard.delegates.map {
            ToolDeclaration($0.name, $0.summary, families: [], effect: .readLocal, recovery: .opaque)
        }
        let call = try #require(try await answer("list the files", tools: delegates).calls.first)
        #expect(call.name == AgentRoster.fileAdmin.name && call.arguments == #"{"task":"list the files"}"#)
    }

    @Test(arguments: [
        (
            "status",
            #"{"branch":"main","commit":"abc","conflicted":[],"more":false,"staged":[],"unstaged":[],"untracked":["a"]}"#,
            "On branch main.\n\nUntracked:\n\n- `a`"
        ),
        (
            "estado",
            #"{"branch":null,"commit":"abc","conflicted":[],"more":false,"staged":[{"change":"added","path":"b"}],"unstaged":[],"untracked":[]}"#,
            "HEAD está suelto en `abc`.\n\nPreparado:\n\n- `b` (añadido)"
        ),
    ])
    func `are answered from what they gave`(request: String, output: String, words: String) async throws {
        let response = try await answer(
            request, after: [(GitStatus.declaration.name, output)], tools: Toolbox.declarations)
        #expect(response.text == words && response.refusal == nil)
    }

    @Test func `that fail are no answers`() async throws {
        let response = try await answer(
            "status", after: [(GitStatus.declaration.name, "error: no repository")], tools: Toolbox.declarations)
        #expect(response.refusal == .notDone("no repository"))
    }

    @Test func `that were denied are told as such`() async throws {
        let response = try await answer(
            "delete config.yml", after: [(FileDelete.declaration.name, "denied: not allowed here")],
            tools: Toolbox.declarations)
        #expect(response.text == "That did not work: denied: not allowed here" && response.refusal == nil)
    }

    @Test(arguments: [
        ("status", "I cannot do that here: `git_status` needs a git repository, and an agent that may use it."),
        (
            "lista los archivos",
            "No puedo hacer eso aquí: `file_list` necesita un árbol de trabajo, y un agente que pueda usarla."
        ),
    ])
    func `are not made of tools that are not there`(request: String, words: String) async throws {
        #expect(try await answer(request, tools: [ResultReadTool.declaration]).refusal == .notDone(words))
    }

    @Test(arguments: [
        ("sing me a song", false), ("don't delete config.yml", false), ("push", true), ("create a branch", true),
        ("commits by Zoe", true), ("commits on nowhere", true), ("", false),
    ])
    func `are none where a request is not followed`(request: String, offersNothingElse: Bool) async throws {
        let response = try await answer(request, tools: Toolbox.declarations)
        guard case .notUnderstood(let misunderstanding) = response.refusal else {
            Issue.record("followed: \(request)")
            return
        }
        #expect(response.calls.isEmpty && !misunderstanding.message.isEmpty)
        #expect(misunderstanding.suggestions.count <= 3)
    }

    @Test func `of a read say what was taken for what`() async throws {
        let response = try await answer(
            "commits by Lovelase on develop",
            after: [(GitLog.declaration.name, #"{"commits":[],"more":false,"shallow":false,"total":0}"#)],
            tools: Toolbox.declarations)
        #expect(response.text?.hasPrefix("(I took “Lovelase” as `Ada Lovelace`.)\n\n") == true)
        #expect(response.text?.hasSuffix("There are no commits by Ada Lovelace on develop.") == true)
    }
}
