import FoundationEssentials
import JSON
import TestSupport
import Testing

struct `Where it is asked` {
    @Test func `may be a directory of any name, with -C`() async throws {
        let project = try await Project.make()
        let odd = project.repository.directory.file("señal con espacios 日本 'q' \"d\"")
        try FileManager.default.moveItem(atPath: project.repository.path, toPath: odd)
        let output = try await project.vocero("ask", "-C", odd, "how many commits are there?", in: "/")
        #expect(output.output == "4 commits.\n", "\(output)")
    }

    @Test func `may be below the repository's top`() async throws {
        let project = try await Project.make()
        try project.repository.write("deep/er/file.txt", "x")
        let output = try await project.vocero("ask", "-C", "deep/er", "how many commits are there?")
        #expect(output.output == "4 commits.\n", "\(output)")
    }

    @Test(arguments: ["status", "summarize the last commit", "crea una rama llamada x"])
    func `is told apart from a repository`(request: String) async throws {
        let directory = try TemporaryDirectory()
        let output = try await VoceroProgram.make(in: directory.path)("ask", request)
        #expect(output.status == 1 && output.output.isEmpty, "\(output)")
        #expect(output.error.lowercased().contains("repositor"), "\(output)")
    }

    @Test func `has files outside a repository too`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("todo.txt", "buy milk\n")
        let output = try await VoceroProgram.make(in: directory.path)("ask", "read todo.txt")
        #expect(output.output.contains("buy milk"), "\(output)")
    }

    @Test func `may be a bare repository`() async throws {
        let project = try await Project.make()
        try await project.repository.git("clone", "-q", "--bare", ".", "../bare.git")
        let vocero = project.vocero
        let bare = project.repository.directory.file("bare.git")
        #expect(try await vocero("ask", "how many commits are there?", in: bare).output == "4 commits.\n")
        let status = try await vocero("ask", "status", in: bare)
        #expect(status.status == 1 && status.error.contains("bare"), "\(status)")
    }

    @Test func `may be a repository without a commit`() async throws {
        let repository = try await TestRepository.make()
        let vocero = try await VoceroProgram.make(in: repository.path)
        let log = try await vocero("ask", "summarize the last three commits")
        #expect(log.status == 1 && log.error.contains("no commit"), "\(log)")
        #expect(try await vocero("ask", "status").output.contains("main"))
    }

    @Test func `may be a detached HEAD`() async throws {
        let project = try await Project.make()
        try await project.repository.git("checkout", "-q", "--detach", "v1.0")
        let status = try await project.vocero("ask", "status")
        #expect(status.status == 0 && status.output.contains("etached"), "\(status)")
        #expect(try await project.vocero("ask", "how many commits are there?").output == "1 commit.\n")
    }

    @Test func `may be in the middle of a merge`() async throws {
        let project = try await Project.make()
        try await project.repository.git("checkout", "-q", "-b", "other", "v1.0")
        try await project.repository.commit("README.md", "other\n", message: "Say it otherwise")
        await #expect(throws: (any Error).self) { try await project.repository.git("merge", "main") }
        let status = try await project.vocero("ask", "status")
        #expect(status.status == 0 && status.output.contains("README.md"), "\(status)")
        #expect(status.output.contains("conflict"), "\(status)")
    }

    @Test func `cannot choose the server, the database or the limits`() async throws {
        let server = try LoopbackOpenAI { _ in .text("I was asked.") }
        let project = try await Project.make()
        try project.repository.write(
            ".voceroconfig",
            """
            [openai]
            \turl = \(server.baseURL)
            \tkey = planted
            [chat]
            \turl = \(server.baseURL)
            [database]
            \turl = postgresql://127.0.0.1:1/none
            [limits]
            \tsteps = 1
            """)
        let output = try await project.vocero("ask", "how many commits are there?")
        #expect(output.output == "4 commits.\n", "\(output)")
        #expect(output.errorLines.count { $0.contains(".voceroconfig") && $0.contains("ignored") } >= 4)
        #expect(server.requests.isEmpty)
    }

    @Test func `may have a configuration that is a link or nonsense`() async throws {
        let project = try await Project.make()
        let file = project.repository.path + "/.voceroconfig"
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: "/dev/zero")
        #expect(try await project.vocero("ask", "status").status == 0)
        try FileManager.default.removeItem(atPath: file)
        try project.repository.write(".voceroconfig", "[[[\u{0}")
        let output = try await project.vocero("ask", "status")
        #expect(output.status == 0 && output.errorLines.contains { $0.hasSuffix("It is ignored.") }, "\(output)")
    }
}
