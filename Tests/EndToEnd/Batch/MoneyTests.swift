import FoundationEssentials
import JSON
import TestSupport
import Testing

struct `A batch with a limit of money` {
    private static let limit = 0.10
    /// A call uses 100 tokens out and a hundred or two in: about 0.002 US dollars.
    private static let prices = (input: 5.0, output: 10.0)

    private static func scene(
        count: Int = 150, latency: Duration = .zero, inputTokens: Double = 1
    ) async throws -> BatchScene {
        var settings = LoopbackChat.Settings()
        settings.latency = latency
        settings.tariff.outputTokens = 100
        settings.tariff.inputTokens = inputTokens
        let scene = try await BatchScene.make(settings, prices: prices)
        if count > 0 { try scene.write(count: count) }
        return scene
    }

    private static let run = ["run", "prompts", "--no-tools", "--max-cost", "0.10", "--answer-tokens", "200"]

    @Test func `stops before it, and goes on with more`() async throws {
        let scene = try await Self.scene()
        let output = try await scene.start(Self.run).output
        #expect(output.status == 6, "\(output)")
        let billed = scene.endpoint.billed
        print("honest usage: billed \(billed) of \(Self.limit)")
        #expect(billed <= Self.limit && billed > Self.limit * 0.9)
        // What was paid counts for ever.
        let resumed = try await scene.batch("resume", "prompts")
        #expect(resumed.status == 6 && scene.endpoint.billed <= Self.limit, "\(resumed)")
        let more = try await scene.batch("run", "prompts", "--no-tools", "--max-cost", "1")
        #expect(more.status == 0, "\(more)")
        #expect(scene.endpoint.callCount == 150)
        let stored = try await scene.number("SELECT sum(cost_usd) FROM batch_items")
        #expect(abs(stored - scene.endpoint.billed) < 0.000_001)
    }

    @Test(arguments: [3.0, 10.0])
    func `holds when calls cost more than they should`(times: Double) async throws {
        let scene = try await Self.scene(inputTokens: times)
        let output = try await scene.start(Self.run).output
        #expect(output.status == 6, "\(output)")
        print("usage \(times) times as large: billed \(scene.endpoint.billed) of \(Self.limit)")
        #expect(scene.endpoint.billed <= Self.limit && scene.endpoint.billed > Self.limit / 2)
    }

    @Test(.timeLimit(.minutes(2)), arguments: [1.0, 3.0])
    func `holds with workers that are killed`(times: Double) async throws {
        let scene = try await Self.scene(latency: .milliseconds(100), inputTokens: times)
        let crew = BatchCrew(
            scene: scene, seats: [Self.run, ["work"], ["work"], ["work"]], interval: .milliseconds(500),
            end: "(SELECT sum(spent_usd + unsettled_usd) > 0.09 FROM batches)")
        let processes = try await crew.work()
        print(
            "workers killed: \(processes.filter { $0.killed != nil }.count), billed \(scene.endpoint.billed) of \(Self.limit)"
        )
        for process in processes where process.killed == nil {
            #expect(process.ended?.status == 6, "\(process.ended?.description ?? "")")
        }
        #expect(scene.endpoint.billed <= Self.limit)
        #expect(try await scene.number("SELECT max(spent_usd + unsettled_usd) FROM batches") <= Self.limit)
    }

    @Test(arguments: ["cut", "endless", "broken", "reset"])
    func `counts answers that were cut off on their way`(step: String) async throws {
        let scene = try await Self.scene(count: 0)
        try scene.write(count: 60, steps: step)
        let output = try await scene.start(Self.run + ["--attempts", "50"]).output
        #expect(output.status == 6, "\(output)")
        #expect(scene.endpoint.billed <= Self.limit)
    }

    @Test func `takes no recording whose transcribing would not be counted`() async throws {
        let scene = try await Self.scene(count: 1)
        try FileManager.default.copyItem(
            atPath: Samples.path("last-commits.wav"), toPath: scene.prompts + "/spoken.wav")
        let output = try await scene.start(Self.run).output
        #expect(output.status == 1 && output.error.contains("vocero transcribe"), "\(output)")
        #expect(scene.endpoint.otherPaths.allSatisfy { !$0.contains("transcriptions") })
        #expect(try scene.statuses() == ["item-1.md": "done"])
    }

    @Test func `refuses to begin when nobody knows the price`() async throws {
        let scene = try await BatchScene.make()
        try scene.write(count: 3)
        let output = try await scene.batch("run", "prompts", "--max-cost", "1")
        #expect(output.status == 78, "\(output)")
        #expect(output.error.contains("price.scripted") && scene.endpoint.callCount == 0, "\(output)")
    }

    @Test func `shows what it would cost and sends nothing`() async throws {
        let scene = try await Self.scene(count: 7)
        let output = try await scene.batch("run", "prompts", "--dry-run")
        #expect(output.status == 0 && output.output.contains("scripted") && output.output.contains("7"), "\(output)")
        #expect(scene.endpoint.callCount == 0)
        let json = try await scene.batch("run", "prompts", "--dry-run", "--json").json
        #expect(json["items"] == 7 || json["models"]?[0]?["items"] == 7, "\(json)")
    }
}
