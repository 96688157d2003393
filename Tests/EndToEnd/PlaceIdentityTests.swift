import FoundationEssentials
import JSON
import TestSupport
import Testing

/// Two repositories that are called the same are two.
struct `Another repository` {
    /// Two projects over one database, with these remotes.
    private static func pair(_ first: String?, _ second: String?) async throws -> (Project, Project) {
        let database = try await TestDatabase.make()
        let projects = (try await Project.make(database: database), try await Project.make(database: database))
        if let first { try await projects.0.repository.git("remote", "add", "origin", first) }
        if let second { try await projects.1.repository.git("remote", "add", "origin", second) }
        return projects
    }

    private static func repositories(_ project: Project) async throws -> Set<String> {
        Set(try await project.vocero("history", "--json").json.array?.compactMap { $0["repository"]?.string } ?? [])
    }

    @Test(
        arguments: [
            (nil, nil), ("https://github.com/acme/project", "https://gitlab.com/acme/project"),
            ("https://github.com/acme/project", "https://github.com/other/project"),
            ("https://github.com/acme/project", nil), ("/srv/git/project.git", "file:///srv/git/project.git"),
            ("https://git.example.org/a/b/project", "https://git.example.org/a/c/project"),
        ] as [(String?, String?)])
    func `has another memory and other sessions`(first: String?, second: String?) async throws {
        let (own, other) = try await Self.pair(first, second)
        try await own.vocero("ask", "--session", "mine", "find \"parseHTTPResponse\"")
        #expect(try await Self.repositories(own).count == 1)
        #expect(try await Self.repositories(other).isEmpty)
        #expect(try await other.vocero("search", "--here", "--json", "parseHTTPResponse").json.array?.isEmpty == true)
        #expect(try await other.vocero("sessions", "--json").json.array?.isEmpty == true)
        let continued = try await other.vocero("ask", "--continue", "--json", "status").json
        #expect(continued["session"]?.string != "mine")
    }

    @Test(arguments: [
        ("https://github.com/acme/project.git", "git@github.com:acme/project.git"),
        ("https://user:pw@GitHub.com/acme/project", "ssh://git@github.com:22/acme/project/"),
    ])
    func `is the same by whatever address it is reached`(first: String, second: String) async throws {
        let (own, other) = try await Self.pair(first, second)
        try await own.vocero("ask", "--session", "mine", "status")
        #expect(try await Self.repositories(other) == ["github.com/acme/project"])
        #expect(try await other.vocero("ask", "--continue", "--json", "status").json["session"] == "mine")
    }

    @Test(arguments: [
        ("github.com/acme/project", true), ("github.com/acme/*", true), ("*", true), ("**/project", true),
        ("gitlab.com/acme/*", false), ("acme/project", false), ("github.com/other/*", false), ("/srv/**", false),
    ])
    func `is not what a policy was written for`(pattern: String, allows: Bool) async throws {
        let (project, _) = try await Self.pair("https://github.com/acme/project", nil)
        let policy = try project.repository.directory.write(
            "policy", "[allow \"file_create\"]\n\trepository = \(pattern)\n\tpath = *.md\n")
        let asked = try await project.vocero(
            "ask", "--policy", policy, "crea un archivo NOTAS.md con la lista de autores")
        #expect(project.exists("NOTAS.md") == allows, "\(asked)")
        #expect(asked.status == (allows ? 0 : 3), "\(asked)")
    }

    @Test(arguments: ["project", "tool", "p?oject"])
    func `is named by no directory's name, which is said when the policy is read`(pattern: String) async throws {
        let (project, _) = try await Self.pair(nil, nil)
        let policy = try project.repository.directory.write(
            "policy", "[allow \"file_create\"]\n\trepository = \(pattern)\n\tpath = *.md\n")
        let asked = try await project.vocero("ask", "--policy", policy, "status")
        #expect(asked.status == 78 || asked.status == 65 || asked.status == 64, "\(asked)")
        #expect(asked.error.contains("github.com/acme/tool"), "\(asked)")
    }
}
