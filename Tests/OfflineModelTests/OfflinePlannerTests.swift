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
        return try await OfflinePlanner().respond(to: request) { _ in }
    }

    @Test(arguments: [
        ("Summarize the last three commits.", GitLog.declaration, #"{"limit":3}"#),
        ("the commits by Ana since v1.0", GitLog.declaration, #"{"author":"Ana","limit":10,"range":"v1.0..HEAD"}"#),
        ("What changed between v1.0 and main?", GitDiff.declaration, #"{"from":"v1.0","to":"main"}"#),
        ("Who wrote README.md?", FileFind.declaration, #"{"limit":20,"name":"README.md"}"#),
        ("status", GitStatus.declaration, "{}"), ("¿Qué ramas hay?", GitBranches.declaration, "{}"),
        ("find \"x\"", FileSearch.declaration, #"{"limit":20,"text":"x"}"#),
        ("list the files", FileList.declaration, #"{"depth":2}"#),
        ("create a file a.md with the text hi", FileCreate.declaration, #"{"content":"hi\n","path":"a.md"}"#),
        ("create a branch called topic", GitBranchCreate.declaration, #"{"name":"topic"}"#),
        ("commit with the message \"Done\"", GitCommit.declaration, #"{"all":true,"message":"Done"}"#),
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
        ("status", "error: no repository", "That did not work: no repository"),
        ("status", #"{"branch":"main"}"#, #"That did not work: {"branch":"main"}"#),
    ])
    func `are answered from what they gave`(request: String, output: String, words: String) async throws {
        let response = try await answer(
            request, after: [(GitStatus.declaration.name, output)], tools: Toolbox.declarations)
        #expect(response.text == words)
    }

    @Test(arguments: [
        ("status", "I cannot do that here: `git_status` needs a git repository, and an agent that may use it."),
        (
            "lista los archivos",
            "No puedo hacer eso aquí: `file_list` necesita un árbol de trabajo, y un agente que pueda usarla."
        ),
    ])
    func `are not made of tools that are not there`(request: String, words: String) async throws {
        #expect(try await answer(request, tools: [ResultReadTool.declaration]).text == words)
    }
}
