import FoundationEssentials
import JSON
import TestSupport
import Testing

struct `A folder that is worked off again` {
    @Test func `has nothing left to do, until a prompt is new or changed`() async throws {
        let scene = try await BatchScene.make()
        try scene.write(count: 5)
        #expect(try await scene.batch("run", "prompts", "--no-tools").status == 0)
        let again = try await scene.batch("run", "prompts", "--no-tools")
        #expect(again.status == 0 && scene.endpoint.callCount == 5, "\(again)")
        try scene.write([("item-2", "ok ok ok"), ("new", "ok")])
        let changed = try await scene.batch("run", "prompts", "--no-tools")
        #expect(changed.status == 0, "\(changed)")
        #expect(scene.endpoint.calls.dropFirst(5).map(\.item).sorted() == ["item-2", "new"])
        #expect(try scene.lines().count == 6)
        #expect(scene.answer("new.md") == "Answer to new.\n")
    }

    @Test func `does failed items again only when it is told to`() async throws {
        let scene = try await BatchScene.make()
        try scene.write([("a", "ok"), ("b", "400 ok")])
        #expect(try await scene.batch("run", "prompts", "--no-tools").status == 1)
        #expect(try await scene.batch("run", "prompts", "--no-tools").status == 1)
        #expect(scene.endpoint.callCount == 2)
        let put = try await scene.batch("retry", "prompts")
        #expect(put.status == 0 && put.output == "1 item put back\n", "\(put)")
        #expect(try await scene.batch("resume", "prompts").status == 0)
        #expect(try scene.statuses() == ["a.md": "done", "b.md": "done"])
        #expect(scene.endpoint.callCount == 3)
    }

    @Test func `takes prompts as they were when they were read`() async throws {
        let scene = try await BatchScene.make()
        try scene.write([("a", "hold"), ("b", "hold"), ("c", "hold"), ("d", "hold")])
        let run = try await scene.start(["run", "prompts", "--no-tools", "--concurrency", "2"])
        #expect(try await scene.wait(until: "(SELECT pending + running = 4 FROM batches)"))
        _ = try await scene.endpoint.wait { $0.count == 2 }
        // One is changed and one deleted, before their turn.
        try scene.write([("c", "ok")])
        try FileManager.default.removeItem(atPath: scene.prompts + "/d.md")
        scene.endpoint.release()
        let output = try await run.output
        #expect(output.status == 0, "\(output)")
        #expect(try scene.statuses() == ["a.md": "done", "b.md": "done", "c.md": "done", "d.md": "done"])
        let again = try await scene.batch("run", "prompts", "--no-tools")
        #expect(again.status == 0, "\(again)")
        #expect(scene.endpoint.calls.map(\.item).sorted() == ["a", "b", "c", "c", "d"])
    }

    @Test func `is shared by two runs that are started at once`() async throws {
        var settings = LoopbackChat.Settings()
        settings.latency = .milliseconds(50)
        let scene = try await BatchScene.make(settings)
        let names = try scene.write(count: 60)
        let one = try await scene.start(["run", "prompts", "--no-tools"])
        let other = try await scene.start(["run", "prompts", "--no-tools"])
        for output in try await [one.output, other.output] { #expect(output.status == 0, "\(output)") }
        let account = try await BatchAccount(of: names, in: scene)
        print("two runs at once: \(account)")
        #expect(account.lost == [] && account.doubled == [] && account.calls == 60, "\(account)")
    }

    @Test func `is read from standard input as well`() async throws {
        let scene = try await BatchScene.make()
        let lines = (1...5).map { number in
            JSON.object(["id": .string("q\(number)"), "prompt": .string(BatchScene.prompt("q\(number)"))]).description
        }
        let input = VoceroProgram.Input.text(lines.joined(separator: "\n"))
        for _ in 0..<2 {
            let output = try await scene.vocero.run(
                ["batch", "run", "-", "--name", "nightly", "--output", "answers", "--no-tools"], input: input)
            #expect(output.status == 0, "\(output)")
        }
        #expect(scene.endpoint.callCount == 5)
        let text = try String(contentsOfFile: scene.directory.file("answers/results.jsonl"), encoding: .utf8)
        #expect(try BatchScene.lines(of: text).compactMap { $0["name"]?.string } == ["q1", "q2", "q3", "q4", "q5"])
    }
}
