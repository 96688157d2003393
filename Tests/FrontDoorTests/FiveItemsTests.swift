import Application
import Batch
import FoundationEssentials
import JSON
import Settings
import Synchronization
import TestSupport
import Testing

/// A folder of five prompts, a scripted endpoint, and what any front door has to work them off.
private struct FiveItems {
    let directory: TemporaryDirectory
    let endpoint: LoopbackChat
    let context: Context

    static let model = "scripted"

    /// What the endpoint does about each prompt, by its name.
    init(_ steps: [String: String]) async throws {
        directory = try TemporaryDirectory(prefix: "front")
        endpoint = try LoopbackChat()
        for (name, steps) in steps {
            try directory.write("prompts/\(name).md", "Say what you are called. [item \(name): \(steps)]\n")
        }
        let settings = [
            "home": directory.file("home"), "chat.url": endpoint.baseURL, "chat.model": Self.model,
            "database.url": try await TestDatabase.make().connectionString,
        ]
        context = try await Context.make(
            directory: directory.path, reporter: SilentReporter(),
            flags: settings.map { SettingEntry(key: "vocero." + $0.key, value: $0.value, source: .flag("test")) })
    }

    var prompts: String { directory.file("prompts") }

    func report(_ name: String) throws -> JSON {
        let path = directory.file("prompts-results/\(name).json")
        return try JSON(parsing: String(contentsOfFile: path, encoding: .utf8))
    }

    func answer(_ name: String) throws -> String {
        try String(contentsOfFile: directory.file("prompts-results/\(name).md"), encoding: .utf8)
    }
}

/// What any front door may do, with neither a command line nor a terminal.
struct `A batch behind another front door` {
    private static let names = ["a", "b", "c", "d", "e"]

    @Test func `of five items is worked off, into the store and into files`() async throws {
        let scene = try await FiveItems(Dictionary(uniqueKeysWithValues: Self.names.map { ($0, "ok") }))
        let events = Mutex<[String]>([])
        let batches = Batches(context: scene.context, stop: StopRequest()) { event in
            if case .item(let result) = event { events.withLock { $0.append(result.name) } }
        }
        let ending = try await batches.run(BatchRequest(path: scene.prompts))
        #expect(ending.kind == .finished && ending.failure == nil && ending.isNew)
        #expect((ending.batch.done, ending.batch.total) == (5, 5))
        #expect(ending.results == scene.directory.file("prompts-results"))
        #expect(events.withLock { $0.sorted() } == Self.names.map { $0 + ".md" })
        #expect(scene.endpoint.calls.count == 5)

        for name in Self.names {
            let report = try scene.report("\(name).md")
            #expect(report["status"] == "done" && report["model"] == .string(FiveItems.model))
            #expect(try scene.answer("\(name).md") == "Answer to \(name).\n")
        }
        var stored: [String] = []
        try await batches.export(scene.prompts, as: .jsonl) { stored.append($0) }
        #expect(try stored.map { try JSON(parsing: $0)["name"] } == Self.names.map { .string($0 + ".md") })
        #expect(try await batches.all().map(\.stateText) == ["finished"])
    }

    @Test func `does nothing twice`() async throws {
        let scene = try await FiveItems(Dictionary(uniqueKeysWithValues: Self.names.map { ($0, "ok") }))
        let batches = Batches(context: scene.context, stop: StopRequest())
        let request = BatchRequest(path: scene.prompts)
        #expect(try await batches.forecast(request).costs.rows.map(\.items) == [5])
        _ = try await batches.run(request)
        let again = try await batches.run(request)
        #expect(again.kind == .finished && !again.isNew)
        #expect(try await batches.forecast(request).unchanged == 5)
        #expect(scene.endpoint.calls.count == 5)
    }

    @Test func `is told as values what has failed, and puts it back`() async throws {
        let scene = try await FiveItems(["a": "ok", "b": "400 ok", "c": "ok", "d": "ok", "e": "ok"])
        let batches = Batches(context: scene.context, stop: StopRequest())
        let ending = try await batches.run(BatchRequest(path: scene.prompts))
        #expect(ending.kind == .finished && ending.failure == .failed)
        #expect((ending.batch.done, ending.batch.failed) == (4, 1))
        #expect(try await batches.detail(of: scene.prompts).troubled.map(\.name) == ["b.md"])
        #expect(try scene.report("b.md")["status"] == "failed")
        #expect(try await batches.retry(scene.prompts, failed: true) == 1)
        #expect(try await batches.resume(nil).failure == nil)
        #expect(try scene.report("b.md")["status"] == "done")
    }

    @Test func `is told a failure with its kind`() async throws {
        let scene = try await FiveItems(["a": "ok"])
        let batches = Batches(context: scene.context, stop: StopRequest())
        let failure = await #expect(throws: Failure.self) {
            try await batches.run(BatchRequest(path: scene.directory.file("nowhere")))
        }
        #expect(failure?.kind == .noInput)
        let unknown = await #expect(throws: Failure.self) { try await batches.cancel("nobody") }
        #expect(unknown?.kind == .noInput)
    }
}
