import FoundationEssentials
import Glibc
import JSON
import TestSupport
import Testing

/// What is done again, what is not, and what is taken from before.
struct `An item that is taken up again` {
    private static let policy = "[allow \"file_create\"]\n\trepository = *\n\tpath = *.txt\n"

    private static func writing(_ steps: String, named name: String = "a") async throws -> BatchScene {
        let scene = try await BatchScene.make()
        try scene.write([(name, steps)])
        try scene.directory.write("policy", policy)
        return scene
    }

    @Test func `is asked anew when only its front matter was changed`() async throws {
        let scene = try await BatchScene.make()
        try scene.write([("a", "ok")])
        #expect(try await scene.batch("run", "prompts", "--no-tools").status == 0)
        try scene.directory.write("prompts/a.md", "---\nagent: github_admin\n---\n" + BatchScene.prompt("a"))
        let again = try await scene.batch("run", "prompts", "--no-tools")
        #expect(again.status == 0 && scene.endpoint.callCount == 2, "\(again)")
    }

    @Test func `goes through when it was parked and is put back with a policy`() async throws {
        let scene = try await Self.writing("write ok write ok")
        #expect(try await scene.batch("run", "prompts", "--agent", "file_admin").status == 3)
        #expect(try await scene.batch("retry", "prompts", "--parked").status == 0)
        let allowed = try await scene.batch("run", "prompts", "--agent", "file_admin", "--policy", "policy")
        #expect(allowed.status == 0, "\(allowed)")
        #expect(FileManager.default.fileExists(atPath: scene.directory.file("a.txt")))
    }

    @Test(arguments: ["write 500 503 ok", "write 429-ms 429-ms ok"])
    func `asks again where it stands when a later call fails, and writes once`(steps: String) async throws {
        let scene = try await Self.writing(steps)
        let output = try await scene.batch("run", "prompts", "--agent", "file_admin", "--policy", "policy")
        #expect(output.status == 0, "\(output)")
        #expect(scene.endpoint.callCount == 4)
        #expect(try await scene.number("SELECT count(*) FROM tool_calls WHERE name = 'file_create'") == 1)
        #expect(try await scene.number("SELECT max(attempt) FROM batch_items") == 1)
    }

    @Test func `is not begun anew by itself when it has changed something`() async throws {
        let scene = try await Self.writing("write 500")
        let output = try await scene.batch(
            "run", "prompts", "--agent", "file_admin", "--policy", "policy", "--attempts", "2")
        #expect(output.status == 1 && output.error.contains("changed something"), "\(output)")
        #expect(scene.endpoint.callCount == 3)
        #expect(try await scene.number("SELECT count(*) FROM tool_calls WHERE name = 'file_create'") == 1)
    }

    @Test func `has its results written when others have done it`() async throws {
        let scene = try await BatchScene.make()
        try scene.write([("a", "ok"), ("b", "400 ok")])
        #expect(try await scene.batch("run", "prompts", "--no-tools").status == 1)
        #expect(try await scene.batch("retry", "prompts").status == 0)
        #expect(try await scene.batch("work").status == 0)
        let again = try await scene.batch("run", "prompts", "--no-tools")
        #expect(again.status == 0, "\(again)")
        #expect(try scene.statuses() == ["a.md": "done", "b.md": "done"])
        #expect(try scene.report("b.md")["status"] == "done")
    }
}

struct `A batch that is begun anew while others work on it` {
    @Test func `has its new settings held to by all`() async throws {
        var settings = LoopbackChat.Settings()
        settings.latency = .milliseconds(300)
        let scene = try await BatchScene.make(settings)
        try scene.write(count: 40)
        let first = try await scene.start(["run", "prompts", "--no-tools", "--concurrency", "1"])
        _ = try await scene.endpoint.wait { $0.count > 1 }
        let second = try await scene.start(["run", "prompts", "--no-tools", "--concurrency", "16"])
        let (one, two) = (try await first.output, try await second.output)
        #expect(one.status == 0 && one.error.contains("other settings"), "\(one)")
        #expect(two.status == 0, "\(two)")
        #expect(scene.endpoint.callCount == 40)
        #expect(scene.endpoint.calls.contains { $0.inFlight > 8 })
    }

    @Test func `gives a helper of several the gravest ending`() async throws {
        let scene = try await BatchScene.make()
        try scene.write([("a", "hold 400")])
        try scene.directory.write("more/b.md", BatchScene.prompt("b", "hold"))
        for (number, folder) in ["prompts", "more"].enumerated() {
            let run = try await scene.start(["run", folder, "--no-tools"])
            let isBegun = try await scene.wait(
                until: "(SELECT bool_or(name LIKE '%/\(folder)' AND running = 1) FROM batches)")
            #expect(isBegun)
            _ = try await scene.endpoint.wait { $0.count == number + 1 }
            run.signal(SIGKILL)
            _ = try await run.output
        }
        scene.endpoint.release()
        let helped = try await scene.batch("work")
        #expect(helped.status == 1, "\(helped)")
        #expect(try await scene.number("SELECT sum(done) FROM batches") == 1)
    }
}
