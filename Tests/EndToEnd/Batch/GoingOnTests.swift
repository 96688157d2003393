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
        let output = try await scene.batch("run", "prompts", "--agent", "file_admin", "--policy", "policy", "--attempts", "2")
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

struct `A pipe that is read` {
    /// Lines for the batch, into a named pipe that stays open.
    private final class Writer {
        private let descriptor: Int32

        init(_ path: String) throws {
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw CancellationError() }
        }

        func write(_ names: [String]) {
            for name in names {
                let object: JSON = ["prompt": .string(BatchScene.prompt(name))]
                let line = Array((object.description + "\n").utf8)
                #expect(Glibc.write(descriptor, line, line.count) == line.count)
            }
        }

        func end() { close(descriptor) }
    }

    @Test func `loses no line when its worker is given up and joins anew`() async throws {
        let scene = try await BatchScene.make(environment: ["VOCERO_BATCH_LEASE": "1"])
        let path = scene.directory.file("lines.jsonl")
        #expect(mkfifo(path, 0o600) == 0)
        let run = try await scene.start(["run", "lines.jsonl", "--no-tools"], environment: ["OPENAI_API_KEY": "one"])
        let writer = try Writer(path)
        let (early, late) = ((1...5).map { "early\($0)" }, (1...5).map { "late\($0)" })
        writer.write(early)
        #expect(try await scene.wait(until: "(SELECT done = 5 FROM batches)"))
        let other = try await scene.start(["work"], environment: ["OPENAI_API_KEY": "two"])
        #expect(try await scene.wait(until: "(SELECT count(*) = 2 FROM batch_workers)"))
        run.signal(SIGSTOP)
        #expect(try await scene.wait(until: "(SELECT count(*) < 2 FROM batch_workers)"))
        run.signal(SIGCONT)
        writer.write(late)
        writer.end()
        let output = try await run.output
        #expect(output.status == 0 && output.error.contains("goes on as a new one"), "\(output)")
        #expect(try await other.output.status == 0)
        let text = try String(contentsOfFile: scene.directory.file("lines-results/results.jsonl"), encoding: .utf8)
        let answers = try BatchScene.lines(of: text).compactMap { $0["answer"]?.string }
        #expect(answers == (early + late).map { "Answer to \($0)." })
        #expect(scene.endpoint.callCount == 10)
    }
}
