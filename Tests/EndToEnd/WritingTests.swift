import JSON
import TestSupport
import Testing

struct `A request that writes` {
    static let request = "crea un archivo NOTAS.md con la lista de autores"

    @Test func `writes nothing without a terminal and exits 3`() async throws {
        let project = try await Project.make()
        let output = try await project.vocero("ask", Self.request)
        #expect(output.status == 3)
        #expect(!project.exists("NOTAS.md"))
        #expect(output.error.contains("+- Author One <one@example.org>") && output.error.contains("--policy"))
    }

    @Test func `is parked in the object that --json prints`() async throws {
        let project = try await Project.make()
        let output = try await project.vocero("ask", "--json", Self.request)
        #expect(output.status == 3)
        #expect(try output.json["state"] == "parked")
        #expect(try output.json["parked"]?.array?.first?["tool"] == "file_create")
        #expect(try output.json["parked"]?.array?.first?["preview"]?.string?.contains("+# Autores") == true)
    }

    @Test func `writes what a policy allows`() async throws {
        let project = try await Project.make()
        let policy = try project.policy("file_create", path: "NOTAS.md")
        let output = try await project.vocero("ask", "--policy", policy, Self.request)
        #expect(output.status == 0, "\(output)")
        let text = try project.read("NOTAS.md")
        #expect(text.contains("Author One <one@example.org>") && text.contains("Author Beta <beta@example.org>"))
    }

    @Test(arguments: [("file_create", "docs/**"), ("file_delete", "**")])
    func `writes nothing that the policy does not name`(tool: String, path: String) async throws {
        let project = try await Project.make()
        let policy = try project.policy(tool, path: path)
        #expect(try await project.vocero("ask", "--policy", policy, Self.request).status == 3)
        #expect(!project.exists("NOTAS.md"))
    }

    @Test func `shows what it would do and changes nothing with --dry-run`() async throws {
        let project = try await Project.make()
        let policy = try project.policy("file_create", path: "**")
        try await project.vocero("ask", "--dry-run", "--policy", policy, Self.request)
        #expect(!project.exists("NOTAS.md"))
    }

    @Test func `is shown and asked for on a terminal, and done on y`() async throws {
        let project = try await Project.make()
        let output = try await project.vocero("ask", Self.request, input: .terminal(typed: "y\n"))
        #expect(output.status == 0, "\(output)")
        #expect(output.output.contains("+- Author One <one@example.org>") && output.output.contains("[y]es, [n]o"))
        #expect(project.exists("NOTAS.md"))
    }

    @Test(arguments: ["n\n", "\n", "not now\n", "\u{4}"])
    func `is not done on anything else`(typed: String) async throws {
        let project = try await Project.make()
        let output = try await project.vocero("ask", Self.request, input: .terminal(typed: typed))
        #expect(output.output.contains("[y]es, [n]o"))
        #expect(!project.exists("NOTAS.md"))
    }

    /// A request, the tool its policy allows, and what git then says.
    struct Write: Sendable, CustomTestStringConvertible {
        let request: String
        let tool: String
        let git: [String]
        let gives: String
        var testDescription: String { request }
    }

    @Test(arguments: [
        Write(
            request: "append \"one more line\" to notas.md", tool: "file_append", git: ["diff", "-U0", "--no-prefix"],
            gives: "+one more line"),
        Write(
            request: "borra parser.swift", tool: "file_delete", git: ["status", "--short"], gives: " D parser.swift"),
        Write(
            request: "create a branch called feature/search", tool: "git_branch_create",
            git: ["branch", "--list", "feature/search"], gives: "feature/search"),
        Write(
            request: "crea una rama llamada arreglo", tool: "git_branch_create", git: ["branch", "--list", "arreglo"],
            gives: "arreglo"),
        Write(
            request: "create a file deep/er/hello.txt with the text Hello", tool: "file_create",
            git: ["status", "--short", "-uall"], gives: "?? deep/er/hello.txt"),
    ])
    func `does it and nothing else`(write: Write) async throws {
        let project = try await Project.make()
        let policy = try project.policy(write.tool, path: "**")
        let output = try await project.vocero("ask", "--policy", policy, write.request)
        #expect(output.status == 0, "\(output)")
        #expect(try await project.repository.git(write.git).contains(write.gives))
        let changed = try await project.repository.git("status", "--short", "-uall").split(separator: "\n")
        #expect(changed.count <= 1)
    }

    @Test(arguments: [
        ("commit everything with the message \"Fix the parser\"", "Fix the parser"),
        ("haz un commit de todo con el mensaje «Arregla el analizador»", "Arregla el analizador"),
    ])
    func `commits with the message and the configured identity`(request: String, message: String) async throws {
        let project = try await Project.make()
        try project.repository.write("parser.swift", "func parse() {}\n")
        let policy = try project.policy("git_commit", path: "**")
        let output = try await project.vocero("ask", "--policy", policy, request)
        #expect(output.status == 0, "\(output)")
        #expect(try await project.repository.git("log", "-1", "--format=%an|%s") == "Committer Zero|\(message)")
        #expect(try await project.repository.git("status", "--short") == "")
    }

    @Test func `leaves what takes it back in the journal`() async throws {
        let project = try await Project.make()
        let policy = try project.policy("file_delete", path: "**")
        try await project.vocero("ask", "--policy", policy, "delete the file parser.swift")
        let child = try #require(try await project.latestRun()["children"]?.array?.first)
        let call = try #require(child["calls"]?.array?.last)
        #expect(call["tool"] == "file_delete" && call["state"] == "succeeded" && call["effect"] == "writeLocal")
        #expect(call["undo"]?.description.contains("func parseHTTPResponse() {}") == true)
    }
}
