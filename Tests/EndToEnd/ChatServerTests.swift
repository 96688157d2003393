import Dispatch
import FoundationEssentials
import JSON
import TestSupport
import Testing

struct `vocero ask with a chat server` {
    private static let key = "sk-test-0123456789abcdefghijklmn"

    /// A project whose engines are all the loopback server's.
    private static func project(
        _ server: LoopbackOpenAI, key: String = Self.key, _ environment: [String: String] = [:]
    ) async throws -> Project {
        var environment = environment
        environment["OPENAI_BASE_URL"] = server.baseURL
        environment["OPENAI_API_KEY"] = key
        return try await Project.make(environment: environment)
    }

    @Test func `calls the tools that the model asks for and gives it their results`() async throws {
        let server = try LoopbackOpenAI(key: Self.key)
        server.answer(
            .call("github_admin", ["task": "the last commit"]), .call("git_log", ["limit": 1]),
            .text("The notes were added."), .text("Author Beta added **notes**."))
        let project = try await Self.project(server)
        let output = try await project.vocero("ask", "what happened last?")
        #expect(output.status == 0, "\(output)")
        #expect(output.output == "Author Beta added **notes**.\n")
        let bodies = server.bodies("/chat/completions")
        #expect(bodies.count == 4)
        #expect(bodies.allSatisfy { $0["stream"] == true })
        #expect(bodies[2]["messages"]?.array?.last?["content"]?.string?.contains("Añade las notas") == true)
        #expect(bodies[3]["messages"]?.array?.last?["content"] == "The notes were added.")
    }

    @Test func `shows the answer rendered on a terminal`() async throws {
        let server = try LoopbackOpenAI(key: Self.key)
        server.answer(.text("# Title\n\nSome **bold** text."))
        let project = try await Self.project(server)
        let output = try await project.vocero("ask", "hello", input: .terminal(typed: ""))
        #expect(output.output.contains("\u{1b}[1mbold\u{1b}[22m"))
        #expect(!output.output.contains("**"))
    }

    @Test func `takes control sequences out of what the model writes to a terminal`() async throws {
        let server = try LoopbackOpenAI(key: Self.key)
        server.answer(.text("safe\u{1b}]52;c;ZXZpbA==\u{7}\u{1b}[2J text"))
        let project = try await Self.project(server)
        let output = try await project.vocero("ask", "hello", input: .terminal(typed: ""))
        #expect(!output.output.contains("\u{1b}]52") && !output.output.contains("\u{1b}[2J"))
        #expect(output.output.contains("safe"))
    }

    @Test func `counts tokens and time in --json`() async throws {
        let server = try LoopbackOpenAI(key: Self.key)
        server.answer(.text("Hello."))
        let object = try await Self.project(server).vocero("ask", "--json", "hello").json
        #expect(object["usage"]?["input_tokens"] == 100 && object["usage"]?["output_tokens"] == 10)
    }

    @Test func `understands a recording through the server`() async throws {
        let server = try LoopbackOpenAI(key: Self.key)
        server.hear(ScriptedTranscript("how are you"))
        server.answer(.text("Well."))
        let output = try await Self.project(server).vocero(
            "ask", "--json", "--audio", Samples.path("last-commits.wav"))
        #expect(output.status == 0, "\(output)")
        #expect(try output.json["transcript"] == "how are you")
        let messages = server.bodies("/chat/completions").first?["messages"]?.array
        #expect(messages?.last?["content"]?.string?.contains("how are you") == true)
    }

    /// What goes wrong, how it ends, and a word of the one line that says so.
    struct Failure: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: LoopbackOpenAI.Fault
        let status: Int32
        let says: String
    }

    @Test(arguments: [
        Failure(
            testDescription: "429s", fault: .rateLimited(retryAfterMilliseconds: 1), status: 69, says: "Rate limit"),
        Failure(testDescription: "no money", fault: .quota, status: 6, says: "quota"),
        Failure(testDescription: "a refusal", fault: .status(400), status: 65, says: "scripted failure"),
        Failure(testDescription: "no such model", fault: .status(404), status: 78, says: "scripted failure"),
        Failure(testDescription: "HTML", fault: .page, status: 69, says: "127.0.0.1"),
        Failure(testDescription: "a truncated stream", fault: .truncated, status: 69, says: "127.0.0.1"),
        Failure(testDescription: "broken JSON", fault: .brokenJSON, status: 69, says: "127.0.0.1"),
    ])
    func `says what went wrong in one line`(failure: Failure) async throws {
        let server = try LoopbackOpenAI(key: Self.key)
        server.fail(failure.fault, times: 100, at: "/chat/completions")
        let output = try await Self.project(server).vocero("ask", "hello")
        #expect(output.status == failure.status, "\(output)")
        #expect(output.output == "")
        let lines = output.errorLines.filter { !$0.contains("trying again") }
        #expect(lines.count == 1, "\(output)")
        #expect(output.error.contains(failure.says))
        #expect(!output.error.contains(Self.key))
    }

    @Test func `says that the key is wrong and never shows it`() async throws {
        let server = try LoopbackOpenAI(key: Self.key)
        let wrong = "sk-wrong-0123456789abcdefghijklm"
        let output = try await Self.project(server, key: wrong).vocero("ask", "-v", "hello")
        #expect(output.status == 78, "\(output)")
        #expect(output.error.contains("key") && !output.error.contains(wrong))
        #expect(server.bodies("/chat/completions").count == 1)
    }

    @Test func `says that nothing listens there`() async throws {
        let server = try LoopbackOpenAI(key: Self.key)
        let project = try await Self.project(server)
        server.stop()
        let output = try await project.vocero("ask", "hello")
        #expect(output.status == 69, "\(output)")
        #expect(output.error.contains("127.0.0.1"))
    }

    @Test func `gives up on a server that hangs when the time of a run is over`() async throws {
        let server = try LoopbackOpenAI(key: Self.key)
        server.fail(.hang, times: 9, at: "/chat/completions")
        let project = try await Self.project(server, ["VOCERO_LIMITS_SECONDS": "1"])
        let output = try await project.vocero("ask", "hello")
        #expect(output.status == 6, "\(output)")
        #expect(await server.waitForAbandoned())
    }

    @Test func `stops at the limit of steps with a last word of the model`() async throws {
        let server = try LoopbackOpenAI(key: Self.key) { body in
            body["tools"] == nil ? .text("As far as I got.") : .call("memory_search", ["query": "more"])
        }
        let project = try await Self.project(server, ["VOCERO_LIMITS_STEPS": "3"])
        let output = try await project.vocero("ask", "search for ever")
        #expect(output.status == 6, "\(output)")
        #expect(server.bodies("/chat/completions").count <= 4)
    }

    @Test func `stops a model that keeps calling what is not there`() async throws {
        let server = try LoopbackOpenAI(key: Self.key) { _ in .call("rm_rf", ["path": "/"]) }
        let output = try await Self.project(server).vocero("ask", "clean up")
        #expect(output.status == 1, "\(output)")
        #expect(server.bodies("/chat/completions").count == 3)
    }

    @Test func `records a run that is interrupted`() async throws {
        let server = try LoopbackOpenAI(key: Self.key)
        server.fail(.hang, times: 9, at: "/chat/completions")
        let project = try await Self.project(server)
        let output = try await project.vocero.run(["ask", "hello"]) { process in
            while server.bodies("/chat/completions").isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            Signals.interrupt(process)
        }
        #expect(output.status == 130, "\(output)")
        #expect(await server.waitForAbandoned())
        #expect(try await project.latestRun()["state"] == "interrupted")
    }
}
