import JSON
import TestSupport
import Testing

/// What becomes of an item whose calls are answered in this way.
private struct Behaviour: Sendable {
    let name: String
    /// The endpoint's, for each call.
    let steps: String
    let status: String
    /// Calls that are made for it.
    let calls: Int
    /// A word of its reason.
    var says: String?

    /// Until the time of an attempt is over: a second here.
    static let slow: [Behaviour] = [
        Behaviour(name: "hanging", steps: "hang ok", status: "done", calls: 2),
        Behaviour(name: "stalling", steps: "stall ok", status: "done", calls: 2),
        Behaviour(name: "hanging-always", steps: "hang", status: "failed", calls: 3, says: "within 1 s"),
    ]

    /// Retried where that may help, given up where it cannot; three attempts.
    static let quick: [Behaviour] = [
        Behaviour(name: "plain", steps: "ok", status: "done", calls: 1),
        Behaviour(name: "limited", steps: "429 429 ok", status: "done", calls: 3),
        Behaviour(name: "limited-after", steps: "429-after ok", status: "done", calls: 2),
        Behaviour(name: "limited-ms", steps: "429-ms 429-ms 429-ms 429-ms 429-ms ok", status: "done", calls: 6),
        Behaviour(name: "limited-headers", steps: "429-headers ok", status: "done", calls: 2),
        Behaviour(name: "server", steps: "500 503 ok", status: "done", calls: 3),
        Behaviour(name: "gateway", steps: "502 ok", status: "done", calls: 2),
        Behaviour(name: "timeout", steps: "408 ok", status: "done", calls: 2),
        Behaviour(name: "conflict", steps: "409 ok", status: "done", calls: 2),
        Behaviour(name: "server-always", steps: "500", status: "failed", calls: 3, says: "scripted 500"),
        Behaviour(name: "refused", steps: "400", status: "failed", calls: 1, says: "scripted 400"),
        Behaviour(name: "too-large", steps: "413", status: "failed", calls: 1, says: "scripted 413"),
        Behaviour(name: "reset", steps: "reset ok", status: "done", calls: 2),
        Behaviour(name: "cut", steps: "cut ok", status: "done", calls: 2),
        Behaviour(name: "cut-always", steps: "cut", status: "failed", calls: 3, says: "127.0.0.1"),
        Behaviour(name: "endless", steps: "endless ok", status: "done", calls: 2),
        Behaviour(name: "broken", steps: "broken ok", status: "done", calls: 2),
        Behaviour(name: "broken-always", steps: "broken", status: "failed", calls: 3, says: "protocol"),
        Behaviour(name: "failing", steps: "failing ok", status: "done", calls: 2),
        Behaviour(name: "page", steps: "page ok", status: "done", calls: 2),
        Behaviour(name: "cut-short", steps: "length", status: "failed", calls: 1, says: "longest"),
        Behaviour(name: "filtered", steps: "filter", status: "failed", calls: 1, says: "filter"),
        Behaviour(name: "empty", steps: "empty ok", status: "done", calls: 2),
        Behaviour(name: "empty-always", steps: "empty", status: "failed", calls: 3, says: "empty"),
    ]
}

struct `A batch with a scripted endpoint` {
    @Test(arguments: [
        (Behaviour.quick, ["--attempts", "3"]), (Behaviour.slow, ["--attempts", "3", "--deadline", "1"]),
    ])
    fileprivate func `tries the right items again and says why the rest failed`(
        behaviours: [Behaviour], options: [String]
    ) async throws {
        let scene = try await BatchScene.make()
        try scene.write(behaviours.map { ($0.name, $0.steps) })
        let output = try await scene.start(["run", "prompts", "--no-tools"] + options).output
        #expect(output.status == 1, "\(output)")
        let lines = Dictionary(
            try scene.lines().map { ($0["name"]?.string ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        var right = 0
        for behaviour in behaviours {
            let line = try #require(lines[behaviour.name + ".md"], "\(behaviour.name)")
            let calls = scene.endpoint.calls(of: behaviour.name).count
            var isRight = line["status"]?.string == behaviour.status && calls == behaviour.calls
            if let word = behaviour.says {
                isRight = isRight && line["error"]?.string?.contains(word) == true
                isRight = isRight && output.error.contains(behaviour.name)
            } else {
                isRight = isRight && line["answer"]?.string == "Answer to \(behaviour.name)."
            }
            #expect(isRight, "\(behaviour), \(calls) calls: \(line)")
            if isRight { right += 1 }
        }
        print("behaviours of an endpoint: \(behaviours.count), taken as they should be: \(right)")
    }

    @Test func `is paused when the quota is used up, and resumed when there is more`() async throws {
        var settings = LoopbackChat.Settings()
        settings.quota = 15
        let scene = try await BatchScene.make(settings)
        let names = try scene.write(count: 40)
        let output = try await scene.batch("run", "prompts", "--no-tools", "--concurrency", "8")
        #expect(output.status == 6, "\(output)")
        #expect(output.error.contains("quota"), "\(output)")
        let status = try await scene.batch("status", "prompts", "--json").json
        #expect(status["state"] == "paused", "\(status)")
        #expect(try scene.statuses().values.filter { $0 == "done" }.count == 15)
        scene.endpoint.change { $0.quota = nil }
        let resumed = try await scene.batch("resume", "prompts")
        #expect(resumed.status == 0, "\(resumed)")
        #expect(try scene.statuses() == Dictionary(uniqueKeysWithValues: names.map { ($0 + ".md", "done") }))
        for name in names {
            #expect(scene.endpoint.calls(of: name).filter { $0.step == .ok }.count == 1, "\(name)")
        }
    }

    @Test func `is paused at once when the key is refused, and resumed with another`() async throws {
        var settings = LoopbackChat.Settings()
        settings.key = "right-key"
        let scene = try await BatchScene.make(settings)
        try scene.write(count: 30)
        let output = try await scene.batch("run", "prompts", "--no-tools", "--concurrency", "4")
        #expect(output.status == 78 && output.error.contains("key"), "\(output)")
        #expect(scene.endpoint.callCount <= 8)
        let resumed = try await scene.start(["resume", "prompts"], environment: ["OPENAI_API_KEY": "right-key"]).output
        #expect(resumed.status == 0, "\(resumed)")
        #expect(try scene.statuses().values.filter { $0 == "done" }.count == 30)
    }

    @Test func `is paused when nobody is there, with all it had, and resumed`() async throws {
        let scene = try await BatchScene.make()
        try scene.write(count: 20)
        let away = try await scene.start(
            ["run", "prompts", "--no-tools"], environment: ["OPENAI_BASE_URL": "http://127.0.0.1:9/v1"]
        ).output
        #expect(away.status == 69 && away.error.contains("Nothing was answered"), "\(away)")
        #expect(try await scene.number("SELECT pending FROM batches") == 20)
        let resumed = try await scene.batch("resume", "prompts")
        #expect(resumed.status == 0, "\(resumed)")
        #expect(scene.endpoint.callCount == 20)
    }

    @Test func `goes on when one item asks for a model that is not there`() async throws {
        let scene = try await BatchScene.make()
        try scene.write([("a", "ok"), ("b", "ok")])
        try scene.directory.write("prompts/odd.md", "---\nmodel: nowhere\n---\n" + BatchScene.prompt("odd", "404"))
        let output = try await scene.batch("run", "prompts", "--no-tools", "--concurrency", "1")
        #expect(output.status == 1, "\(output)")
        #expect(try scene.statuses() == ["a.md": "done", "b.md": "done", "odd.md": "failed"])
    }

    @Test func `keeps the answers of others when one needs an approval`() async throws {
        let scene = try await BatchScene.make()
        try scene.write([("a", "ok"), ("writes", "write ok"), ("z", "ok")])
        let output = try await scene.batch("run", "prompts", "--agent", "file_admin")
        #expect(output.status == 3, "\(output)")
        #expect(try scene.statuses() == ["a.md": "done", "writes.md": "parked", "z.md": "done"])
        #expect(try scene.report("writes.md")["error"]?.string?.contains("file_create") == true)
    }

    @Test func `finds its pace below the limits of the endpoint`() async throws {
        let scene = try await BatchScene.make()
        // Each third item is refused once.
        let names = (1...60).map { "item-\($0)" }
        try scene.write(names.enumerated().map { ($1, $0 % 3 == 0 ? "429-ms ok" : "ok") })
        let output = try await scene.batch("run", "prompts", "--no-tools", "--attempts", "1")
        #expect(output.status == 0, "\(output)")
        #expect(scene.endpoint.callCount == 80)
    }
}
