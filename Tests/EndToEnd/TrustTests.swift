import FoundationEssentials
import Glibc
import JSON
import TestSupport
import Testing

/// A person, and a repository whose configuration wants something.
struct `A repository that asks for more` {
    /// One that names a chat model of its own and a filter, and the server that it names.
    private static func make() async throws -> (project: Project, endpoint: LoopbackOpenAI) {
        let endpoint = try LoopbackOpenAI { _ in ChatAnswer.text("from the repository's own model") }
        let project = try await Project.make()
        try await project.repository.git("config", "vocero.chat.url", endpoint.baseURL)
        try await project.repository.git("config", "vocero.chat.key", "sk-of-the-repository-12345")
        try await project.repository.git(
            "config", "filter.x.clean", "touch '\(project.repository.directory.file("mark"))'; cat")
        return (project, endpoint)
    }

    @Test func `gets nothing before a yes, all that was shown after it, and nothing new`() async throws {
        let (project, endpoint) = try await Self.make()
        let before = try await project.vocero("ask", "status")
        #expect(before.status == 0 && before.error.contains("vocero trust"), "\(before)")
        #expect(endpoint.requests.isEmpty)
        let doctor = try await project.vocero("doctor", "--json").json.array
        let finding = try #require(doctor?.first { $0["name"] == "trust" })
        #expect(finding["state"] == "missing" && finding["what"]?.string?.contains("filter.x.clean") == true)

        // Nobody is there to say yes.
        let alone = try await project.vocero("trust")
        #expect(alone.status == 3 && alone.output.contains(endpoint.baseURL), "\(alone)")
        #expect(!alone.output.contains("sk-of-the-repository"))
        let no = try await project.vocero("trust", input: .terminal(typed: "n\n"))
        #expect(no.status == 1, "\(no)")
        #expect(try await project.vocero("trust", "--json").json["allowed"] == false)

        try await Self.allow(project)
        #expect(try await project.vocero("trust", "--json").json["allowed"] == true)
        let after = try await project.vocero("ask", "status")
        #expect(after.output.contains("from the repository's own model"), "\(after)")
        let file = project.vocero.home + "/.config/vocero/trusted"
        var status = stat()
        #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)

        try await project.repository.git("config", "vocero.chat.url", "http://127.0.0.1:1/v1")
        let changed = try await project.vocero("ask", "status")
        #expect(changed.status == 0 && changed.error.contains("vocero trust"), "\(changed)")
    }

    /// Types the answer once the question is there: what was typed before it does not count.
    private static func allow(_ project: Project) async throws {
        for _ in 0..<5 {
            // The question throws away what was typed before: the answer is typed again and again.
            let typed =
                "(for i in 1 2 3 4 5 6 7 8 9 10; do sleep 1; echo y; done) | script -q -e -c \"$VOCERO trust\" /dev/null"
            _ = try await project.vocero.shell(typed)
            if try await project.vocero("trust", "--json").json["allowed"] == true { return }
        }
        Issue.record("the yes was not taken")
    }

    @Test func `is forgotten when the person says so, and another place is another repository`() async throws {
        let (project, endpoint) = try await Self.make()
        try await Self.allow(project)
        let listed = try await project.vocero("trust", "--list", "--json").json.array ?? []
        #expect(listed.map { $0["git_directory"]?.string } == [project.repository.path + "/.git"])
        let copy = project.repository.directory.file("copy")
        try FileManager.default.copyItem(atPath: project.repository.path, toPath: copy)
        #expect(try await project.vocero.run(["trust", "--json"], in: copy).json["allowed"] == false)
        #expect(try await project.vocero("trust", "--forget").status == 0)
        #expect(try await project.vocero("trust", "--forget").status == 66)
        #expect(try await project.vocero("trust", "--list", "--json").json == [])
        _ = try await project.vocero("ask", "status")
        #expect(endpoint.requests.isEmpty)
    }

    @Test func `is not trusted by a file that others may write`() async throws {
        let (project, endpoint) = try await Self.make()
        try await Self.allow(project)
        #expect(chmod(project.vocero.home + "/.config/vocero/trusted", 0o666) == 0)
        _ = try await project.vocero("ask", "status")
        #expect(endpoint.requests.isEmpty)
    }

    @Test func `asks nothing when it has nothing to ask`() async throws {
        let project = try await Project.make()
        let output = try await project.vocero("trust")
        #expect(output.status == 0 && output.output.contains("nothing"), "\(output)")
    }

    @Test(arguments: [
        ["extensions.worktreeConfig", "true"], ["extensions.partialClone", "origin"],
        ["extensions.preciousObjects", "true"],
    ])
    func `of a format that libgit2 does not know is worked in all the same`(setting: [String]) async throws {
        let project = try await Project.make()
        try await project.repository.git("config", "core.repositoryformatversion", "1")
        try await project.repository.git("config", setting[0], setting[1])
        try project.repository.write(".gitignore", "build/\n")
        try project.repository.write("build/out", "x\n")
        let output = try await project.vocero("ask", "status")
        #expect(output.status == 0 && output.output.contains(".gitignore"), "\(output)")
        let found = try await project.vocero("ask", "list the files", "--json")
        #expect(found.status == 0 && !found.output.contains("build/out"), "\(found)")
    }
}
