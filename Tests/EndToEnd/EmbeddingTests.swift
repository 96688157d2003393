import FoundationEssentials
import JSON
import TestSupport
import Testing

struct `Embeddings` {
    private static func waiting(_ project: Project) async throws -> Int {
        try await project.vocero("history", "--json").json.array?.filter { $0["embedding_model"]?.isNull ?? true }.count
            ?? -1
    }

    /// Until none is missing; a test that waits for ever is ended by its time limit.
    private static func untilNoneIsMissing(_ project: Project) async throws {
        while try await waiting(project) > 0 { try await Task.sleep(for: .milliseconds(50)) }
    }

    @Test(.timeLimit(.minutes(2))) func `are filled in beside the work, without another command`() async throws {
        let server = try LoopbackOpenAI { _ in .text("Noted.") }
        var project = try await Project.make(environment: ["OPENAI_BASE_URL": server.baseURL])
        project.vocero.environment["VOCERO_EMBEDDINGS_BACKGROUND"] = "true"
        try await project.vocero("ask", "the timeout of the parser is too short")
        try await Self.untilNoneIsMissing(project)
        // Also what a store that was away had to leave, and a whole batch.
        let lines = (0..<120).map { "\"question \($0)\"\n" }.joined()
        let prompts = try project.repository.directory.write("prompts.jsonl", lines)
        let batch = try await project.vocero(
            "batch", "run", prompts, "--output", project.repository.directory.path + "/out")
        #expect(batch.status == 0, "\(batch)")
        let name = prompts
        while true {
            let status = try await project.vocero("batch", "status", name, "--json")
            let left = try #require(try status.json["embeddings_waiting"]?.integer, "\(status)")
            if left == 0 { break }
            let words = try await project.vocero("batch", "status", name)
            #expect(words.output.contains("their embedding") || words.output.contains("its embedding") || left < 122)
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try await project.vocero("db", "embed").output == "filled in 0\n")
        // One process did it: no text was embedded twice, but for the question that was also looked for.
        let texts = server.bodies("/embeddings").flatMap { $0["input"]?.array?.compactMap(\.string) ?? [] }
            .filter { $0 != "the timeout of the parser is too short" }
        #expect(Set(texts).count == texts.count)
        let doctor = try await project.vocero("doctor")
        #expect(doctor.output.contains("242 messages, each with its embedding"), "\(doctor)")
    }

    @Test func `of another model are missing, which is said, until they are filled in`() async throws {
        let server = try LoopbackOpenAI(models: ["first", "second"]) { _ in .text("Noted.") }
        var project = try await Project.make(
            environment: ["OPENAI_BASE_URL": server.baseURL, "VOCERO_EMBEDDINGS_MODEL": "first"])
        try await project.vocero("ask", "the timeout of the parser is too short")
        let before = try await project.vocero("search", "parser timeout")
        #expect(!before.error.contains("embedding"), "\(before)")
        project.vocero.environment["VOCERO_EMBEDDINGS_MODEL"] = "second"
        let after = try await project.vocero("search", "parser timeout")
        #expect(after.error.contains("2 messages have no embedding yet"), "\(after)")
        #expect(after.output.contains("the timeout of the parser"))
        let doctor = try await project.vocero("doctor")
        #expect(doctor.output.contains("2 messages, 2 wait for their embedding by second"), "\(doctor)")
        #expect(try await project.vocero("db", "embed").output == "filled in 2\n")
        #expect(try await !project.vocero("search", "parser timeout").error.contains("embedding"))
    }

    @Test func `that are not to be had end the command that waits for them with the reason`() async throws {
        let server = try LoopbackOpenAI { _ in .text("Noted.") }
        server.fail(.quota, times: 1_000, at: "/embeddings")
        let project = try await Project.make(environment: ["OPENAI_BASE_URL": server.baseURL])
        #expect(try await project.vocero("ask", "the timeout of the parser is too short").status == 0)
        let embed = try await project.vocero("db", "embed")
        #expect(embed.status == 69 || embed.status == 6, "\(embed)")
        #expect(embed.error.contains("filled in 0, 2 wait"), "\(embed)")
    }

    @Test func `cost no more than is allowed`() async throws {
        let server = try LoopbackOpenAI { _ in .text("Noted.") }
        let project = try await Project.make(environment: ["OPENAI_BASE_URL": server.baseURL])
        // The question's and the turn's.
        server.fail(.quota, times: 2, at: "/embeddings")
        try await project.vocero("ask", "the timeout of the parser is too short")
        let count = server.bodies("/embeddings").count
        let none = try await project.vocero("db", "embed", "--max-cost", "0")
        #expect(none.status == 6, "\(none)")
        #expect(server.bodies("/embeddings").count == count)
        #expect(try await project.vocero("db", "embed", "--max-cost", "0.01").output == "filled in 2\n")
    }
}
