import FoundationEssentials
import JSON
import TestSupport
import Testing

/// A real repository and the program that works in it, with a database of its own.
struct Project: Sendable {
    let repository: TestRepository
    var vocero: VoceroProgram

    /// Four commits by two authors on `main`, the branch `feature/login`, the tag `v1.0` on the first commit.
    static func make(database: TestDatabase? = nil, environment: [String: String] = [:]) async throws -> Project {
        let repository = try await TestRepository.make()
        let vocero = try await VoceroProgram.make(
            in: repository.path, keeping: [repository.directory], database: database, environment: environment)
        let beta = "Author Beta <beta@example.org>"
        try await repository.commit(
            "README.md", "# Project\n\nParses responses.\n", message: "Describe the project",
            date: "2026-01-02T03:04:05Z")
        try await repository.git("tag", "v1.0")
        try await repository.commit(
            "parser.swift", "func parseHTTPResponse() {}\n", message: "Parse HTTP responses", author: beta,
            date: "2026-02-03T03:04:05Z")
        try await repository.commit(
            "README.md", "# Project\n\nParses responses.\nInstall it.\n", message: "Explain the installation",
            date: "2026-03-04T03:04:05Z")
        try await repository.commit(
            "notas.md", "Reunión del lunes\n", message: "Añade las notas de la reunión", author: beta,
            date: "2026-04-05T03:04:05Z")
        try await repository.git("branch", "feature/login")
        return Project(repository: repository, vocero: vocero)
    }

    func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: repository.path + "/" + file) }

    func read(_ file: String) throws -> String {
        try String(contentsOfFile: repository.path + "/" + file, encoding: .utf8)
    }

    /// Writes a policy file beside the repository and returns its path.
    func policy(_ tool: String, path: String? = nil) throws -> String {
        let path = path.map { "\n\tpath = \($0)" } ?? ""
        return try repository.directory.write("policy", "[allow \"\(tool)\"]\n\trepository = *\(path)\n\tmax = 1\n")
    }

    /// The run of the latest message.
    func latestRun() async throws -> JSON {
        let history = try await vocero("history", "--json").json
        let run = try #require(history.array?.last?["run"]?.string)
        return try await vocero("show", run, "--json").json
    }
}

/// One project for all tests of a suite that changes nothing in it.
struct SharedProject: SuiteTrait, TestScoping {
    @TaskLocal private static var value: Project?

    static var current: Project {
        get throws { try #require(value) }
    }

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let project = try await Project.make()
        try await Self.$value.withValue(project) { try await function() }
    }
}

extension Trait where Self == SharedProject {
    static var sharedProject: SharedProject { SharedProject() }
}
