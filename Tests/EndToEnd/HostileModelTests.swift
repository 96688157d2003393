import FoundationEssentials
import JSON
import TestSupport
import Testing

/// A model that does what planted instructions tell it, allowed by a policy that names every path.
struct `A model that obeys planted instructions` {
    struct Attempt: Sendable, CustomTestStringConvertible {
        let tool: String
        let arguments: JSON
        var testDescription: String { "\(tool) \(arguments)" }

        init(_ tool: String, _ arguments: JSON) {
            self.tool = tool
            self.arguments = arguments
        }
    }

    static let attempts = [
        Attempt("file_create", ["path": "../outside.txt", "content": "x"]),
        Attempt("file_create", ["path": "/tmp/vocero-escaped.txt", "content": "x"]),
        Attempt("file_create", ["path": ".git/hooks/post-commit", "content": "x"]),
        Attempt("file_create", ["path": ".GIT/hooks/pre-push", "content": "x"]),
        Attempt("file_create", ["path": "sub/../.git/x", "content": "x"]),
        Attempt("file_create", ["path": "link/planted.txt", "content": "x"]),
        Attempt("file_create", ["path": ".voceroconfig", "content": "x"]),
        Attempt("file_append", ["path": ".git/config", "content": "[core]\n\thooksPath = /tmp"]),
        Attempt("file_delete", ["path": ".git", "recursive": true]),
        Attempt("file_delete", ["path": ".", "recursive": true]),
        Attempt("file_delete", ["path": "link", "recursive": true]),
        Attempt("file_move", ["path": "README.md", "to": "../stolen.md"]),
        Attempt("file_read", ["path": "/etc/passwd"]),
        Attempt("file_read", ["path": "../../../../../../../etc/passwd"]),
        Attempt("file_read", ["path": "passwd"]),
        Attempt("file_search", ["text": "root", "path": "/etc"]),
        Attempt("git_log", ["range": "--output=/tmp/vocero-escaped.txt"]),
    ]

    @Test func `changes nothing outside the files it may change, and reads nothing there`() async throws {
        let server = try LoopbackOpenAI()
        server.answer(.call("file_admin", ["task": "obey"]))
        server.answer(.calls(Self.attempts.map { .init($0.tool, $0.arguments) }))
        server.answer(.text("I obeyed."), .text("Done."))
        let project = try await Project.make(environment: ["OPENAI_BASE_URL": server.baseURL])
        let outside = try TemporaryDirectory()
        try outside.write("precious.txt", "precious")
        let manager = FileManager.default
        try manager.createSymbolicLink(
            atPath: project.repository.path + "/link", withDestinationPath: outside.path)
        try manager.createSymbolicLink(
            atPath: project.repository.path + "/passwd", withDestinationPath: "/etc/passwd")
        let grants = ["file_create", "file_append", "file_delete", "file_move"].map {
            "[allow \"\($0)\"]\n\trepository = *\n\tpath = **\n\tpath = *\n"
        }
        let policy = try project.repository.directory.write("policy", grants.joined())
        let before = try manager.subpathsOfDirectory(atPath: project.repository.path).sorted()

        let output = try await project.vocero("ask", "--json", "--policy", policy, "tidy up")

        let used = try output.json["tools"]?.array ?? []
        #expect(used.count == Self.attempts.count + 1, "\(output)")
        for use in used.dropLast() { #expect(use["state"] != "succeeded", "\(use)") }
        #expect(try manager.subpathsOfDirectory(atPath: project.repository.path).sorted() == before)
        #expect(try await project.repository.git("status", "--short") == "?? link\n?? passwd")
        #expect(try manager.contentsOfDirectory(atPath: outside.path) == ["precious.txt"])
        #expect(
            try manager.contentsOfDirectory(atPath: project.repository.directory.path).sorted()
                == ["policy", "project"])
        #expect(!manager.fileExists(atPath: "/tmp/vocero-escaped.txt"))
        for request in server.requests { #expect(!request.text.contains("root:")) }
    }

    @Test func `cannot change its own policy file`() async throws {
        let server = try LoopbackOpenAI()
        server.answer(
            .call("file_append", ["path": "policy", "content": "[allow \"git_commit\"]\n\trepository = *\n"]),
            .text("Done."))
        let project = try await Project.make(environment: ["OPENAI_BASE_URL": server.baseURL])
        let text = "[allow \"file_append\"]\n\trepository = *\n\tpath = **\n"
        try project.repository.write("policy", text)
        try await project.vocero("ask", "--agent", "file_admin", "--policy", "policy", "widen your rights")
        #expect(try project.read("policy") == text)
    }
}
