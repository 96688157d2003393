import JSON
import TestSupport
import Testing

/// Items whose work takes longer than they have.
struct `A batch with a deadline for each item` {
    /// A repository whose status is not to be had: git waits for a filter, which is the person's own.
    private static func hangingRepository(_ scene: BatchScene) async throws -> TestRepository {
        let repository = try await TestRepository.make()
        try await repository.commit("notes", "one\n", message: "Begin")
        try await repository.git("config", "--file", scene.vocero.home + "/.gitconfig", "filter.slow.clean", "sleep 20")
        try repository.write(".gitattributes", "notes filter=slow\n")
        try repository.write("notes", "two\n")
        return repository
    }

    @Test func `stops a tool that hangs, and tries the item again`() async throws {
        let scene = try await BatchScene.make()
        let repository = try await Self.hangingRepository(scene)
        try scene.directory.write(
            "prompts/looks.md", "---\nrepository: \(repository.path)\n---\n" + BatchScene.prompt("looks", "look"))
        try scene.write([("plain", "ok")])
        let output = try await scene.start(
            ["run", "prompts", "--agent", "github_admin", "--deadline", "3", "--attempts", "2"]
        ).output
        #expect(output.status == 1, "\(output)")
        #expect(try scene.statuses() == ["looks.md": "failed", "plain.md": "done"])
        #expect(
            try scene.report("looks.md")["error"]?.string
                == "The item took longer than 3 seconds, and git_status had not ended. (tried 2 times)")
        // The answer that led to it is not paid for twice.
        #expect(scene.endpoint.calls(of: "looks").count == 1)
    }

    @Test func `does not try an item again that has changed something`() async throws {
        let scene = try await BatchScene.make()
        try scene.write([("writes", "write hang")])
        let policy = try scene.directory.write("policy", "[allow \"file_create\"]\n\trepository = *\n\tpath = *.txt\n")
        let output = try await scene.start(
            ["run", "prompts", "--agent", "file_admin", "--policy", policy, "--deadline", "3"]
        ).output
        #expect(output.status == 1, "\(output)")
        let error = try #require(try scene.report("writes.md")["error"]?.string)
        #expect(error.contains("seconds") && error.contains("changed something"), "\(error)")
        #expect(scene.endpoint.calls(of: "writes").count == 2)
    }
}
