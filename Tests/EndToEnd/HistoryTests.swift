import JSON
import TestSupport
import Testing

struct `What was asked before` {
    /// A project with two sessions.
    private static func asked() async throws -> Project {
        let project = try await Project.make()
        try await project.vocero("ask", "--session", "parsing", "find \"parseHTTPResponse\"")
        try await project.vocero("ask", "--session", "looking", "status")
        return project
    }

    @Test func `is in history, oldest first`() async throws {
        let project = try await Self.asked()
        let messages = try #require(try await project.vocero("history", "--json").json.array)
        #expect(messages.first?["role"] == "user" && messages.first?["content"] == "find \"parseHTTPResponse\"")
        #expect(messages.last?["role"] == "assistant" && messages.last?["session"] == "looking")
        for message in messages {
            #expect(message["run"]?.string?.count == 36 && message["created_at"]?.string?.hasSuffix("Z") == true)
            #expect(message["repository"]?.string?.hasSuffix("/project") == true)
        }
    }

    @Test func `of one session is in its history alone`() async throws {
        let project = try await Self.asked()
        let messages = try await project.vocero("history", "--session", "looking", "--json").json.array ?? []
        #expect(Set(messages.compactMap { $0["session"]?.string }) == ["looking"])
        #expect(messages.count == 2)
    }

    @Test func `is listed by session, the latest first`() async throws {
        let project = try await Self.asked()
        let sessions = try await project.vocero("sessions", "--json").json.array ?? []
        #expect(sessions.compactMap { $0["key"]?.string } == ["looking", "parsing"])
        #expect(sessions.first?["title"] == "status" && sessions.first?["turns"] == 1)
    }

    @Test func `is shown with its calls and the run of the agent below it`() async throws {
        let project = try await Self.asked()
        let run = try await project.latestRun()
        #expect(run["state"] == "done" && run["model"] == "offline-planner" && run["agent"] == "assistant")
        #expect(run["calls"]?.array?.compactMap { $0["tool"]?.string } == ["github_admin"])
        let child = run["children"]?.array?.first
        #expect(child?["agent"] == "github_admin" && child?["task"] == "status")
        #expect(child?["calls"]?.array?.first?["output"]?.string?.contains("\"branch\":\"main\"") == true)
    }

    @Test(arguments: ["http response", "HTTP", "parseHTTPResponse"])
    func `is found by a part of an identifier`(query: String) async throws {
        let project = try await Self.asked()
        let hits = try await project.vocero("search", "--json", query).json.array ?? []
        #expect(hits.contains { $0["content"] == "find \"parseHTTPResponse\"" })
        #expect(!hits.contains { $0["content"] == "status" })
    }

    @Test func `is found by meaning where embeddings are configured`() async throws {
        let server = try LoopbackOpenAI { _ in .text("Noted.") }
        let project = try await Project.make(environment: ["OPENAI_BASE_URL": server.baseURL])
        try await project.vocero("ask", "the timeout of the parser is too short")
        let hits = try await project.vocero("search", "--json", "parser timeout").json.array ?? []
        #expect((hits.first?["similarity"]?.number ?? 0) > 0.3)
        #expect(hits.first?["embedding_model"]?.string?.contains("text-embedding-3-small") == true)
    }

    @Test func `of another repository is shown only with --all`() async throws {
        let database = try await TestDatabase.make()
        let project = try await Project.make(database: database)
        try await project.vocero("ask", "status")
        let elsewhere = try TemporaryDirectory()
        try await project.vocero("ask", "help", in: elsewhere.path)
        #expect(try await project.vocero("sessions", "--json").json.array?.count == 1)
        #expect(try await project.vocero("sessions", "--all", "--json").json.array?.count == 2)
    }

    @Test(arguments: ["history", "sessions"])
    func `is an empty array when there is nothing`(command: String) async throws {
        let output = try await VoceroProgram.make()(command, "--json")
        #expect(output.status == 0 && output.output == "[]\n", "\(output)")
    }

    @Test func `is not there for a run that nobody knows`() async throws {
        let output = try await VoceroProgram.make()("show", "0123")
        #expect(output.status == 66 && output.output == "" && output.errorLines.count == 1, "\(output)")
    }
}
