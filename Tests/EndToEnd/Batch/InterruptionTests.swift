import Glibc
import JSON
import TestSupport
import Testing

struct `A batch that is interrupted` {
    @Test func `once ends what is in flight, and is resumed`() async throws {
        let scene = try await BatchScene.make()
        let names = try scene.write(count: 20, steps: "hold")
        let run = try await scene.start(["run", "prompts", "--no-tools", "--concurrency", "4"])
        _ = try await scene.endpoint.wait { $0.count == 4 }
        run.interrupt()
        try await scene.waitUntilHeard()
        scene.endpoint.release()
        let output = try await run.output
        #expect(output.status == 130, "\(output)")
        // One more was begun; it is turned away unless it was about to call.
        let calls = scene.endpoint.callCount
        #expect((4...5).contains(calls))
        #expect(scene.endpoint.calls.allSatisfy { $0.end == .answered })
        #expect(try scene.statuses().values.filter { $0 == "done" }.count == calls)
        let resumed = try await scene.batch("resume")
        #expect(resumed.status == 0, "\(resumed)")
        let account = try await BatchAccount(of: names, in: scene)
        #expect(account.lost == [] && account.doubled == [] && account.calls == 20, "\(account)")
    }

    @Test func `twice stops at once, and is resumed`() async throws {
        let scene = try await BatchScene.make()
        let names = try scene.write(count: 20, steps: "hold")
        let run = try await scene.start(["run", "prompts", "--no-tools", "--concurrency", "4"])
        _ = try await scene.endpoint.wait { $0.count == 4 }
        run.interrupt()
        try await Task.sleep(for: .milliseconds(200))
        run.interrupt()
        let output = try await run.output
        #expect(output.status == 130, "\(output)")
        #expect(scene.endpoint.calls.allSatisfy { $0.end != .answered })
        scene.endpoint.release()
        let resumed = try await scene.batch("resume", "prompts")
        #expect(resumed.status == 0, "\(resumed)")
        #expect(try scene.statuses() == Dictionary(uniqueKeysWithValues: names.map { ($0 + ".md", "done") }))
        #expect(scene.endpoint.callCount == 24)
    }

    @Test func `by SIGTERM is resumed by another run`() async throws {
        let scene = try await BatchScene.make()
        let names = try scene.write(count: 10, steps: "hold")
        let run = try await scene.start(["run", "prompts", "--no-tools", "--concurrency", "2"])
        _ = try await scene.endpoint.wait { $0.count == 2 }
        run.signal(SIGTERM)
        scene.endpoint.release()
        _ = try await run.output
        let again = try await scene.batch("run", "prompts", "--no-tools")
        #expect(again.status == 0, "\(again)")
        #expect(try scene.statuses() == Dictionary(uniqueKeysWithValues: names.map { ($0 + ".md", "done") }))
    }

    @Test func `by cancel begins nothing more, and is taken back by resume`() async throws {
        let scene = try await BatchScene.make()
        try scene.write(count: 10, steps: "hold")
        let run = try await scene.start(["run", "prompts", "--no-tools", "--concurrency", "2"])
        _ = try await scene.endpoint.wait { $0.count == 2 }
        let cancelled = try await scene.batch("cancel", "prompts")
        #expect(cancelled.status == 0 && cancelled.output.contains("skipped"), "\(cancelled)")
        try await scene.waitUntilHeard()
        scene.endpoint.release()
        let output = try await run.output
        #expect(output.status != 0, "\(output)")
        // An item that was about to call may still have its turn.
        let calls = scene.endpoint.callCount
        #expect((2...3).contains(calls))
        let statuses = try scene.statuses().values.sorted()
        #expect(statuses == Array(repeating: "done", count: calls) + Array(repeating: "skipped", count: 10 - calls))
        #expect(try await scene.batch("resume", "prompts").status == 0)
        #expect(scene.endpoint.callCount == 10)
    }
}
