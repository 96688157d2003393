import FoundationEssentials
import JSON
import TestSupport
import Testing

/// Items that each write a file, under a policy that allows fewer.
struct `A batch whose policy allows so many writes` {
    private static func scene(
        count: Int, max: Int, steps: String = "write ok", latency: Duration = .zero
    ) async throws -> BatchScene {
        var settings = LoopbackChat.Settings()
        settings.latency = latency
        let scene = try await BatchScene.make(settings)
        try scene.write(count: count, steps: steps)
        try allow(max, in: scene)
        return scene
    }

    private static func allow(_ max: Int, in scene: BatchScene) throws {
        try scene.directory.write(
            "policy", "[allow \"file_create\"]\n\trepository = *\n\tpath = *.txt\n\tmax = \(max)\n")
    }

    private static let run = ["run", "prompts", "--agent", "file_admin", "--policy", "policy"]

    private static func files(in scene: BatchScene) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: scene.directory.path).filter { $0.hasSuffix(".txt") }.count
    }

    private static func parked(in scene: BatchScene) throws -> Int {
        try scene.statuses().values.filter { $0 == "parked" }.count
    }

    @Test func `allows them over all of its items, and parks the others`() async throws {
        let scene = try await Self.scene(count: 30, max: 5)
        let output = try await scene.start(Self.run).output
        #expect(output.status == 3, "\(output)")
        #expect(try Self.files(in: scene) == 5)
        #expect(try Self.parked(in: scene) == 25)
        #expect(try scene.lines().contains { $0["error"]?.string?.contains("5 times in a batch") == true })
    }

    @Test func `counts on when parked items are put back, and allows what is raised`() async throws {
        let scene = try await Self.scene(count: 12, max: 3, steps: "write ok write ok write ok")
        #expect(try await scene.start(Self.run).output.status == 3)
        try await scene.batch("retry", "prompts", "--parked")
        #expect(try await scene.batch("resume", "prompts").status == 3)
        #expect(try Self.files(in: scene) == 3)
        try Self.allow(7, in: scene)
        try await scene.batch("retry", "prompts", "--parked")
        // Another spelling is no other policy.
        let again = Self.run.dropLast() + [scene.directory.file("policy")]
        #expect(try await scene.start(Array(again)).output.status == 3)
        #expect(try Self.files(in: scene) == 7)
        #expect(try Self.parked(in: scene) == 5)
    }

    @Test(.timeLimit(.minutes(2))) func `holds with workers that are killed`() async throws {
        let max = 40
        let scene = try await Self.scene(count: 150, max: max, latency: .milliseconds(100))
        let crew = BatchCrew(
            scene: scene, seats: [Self.run + ["--concurrency", "16"], ["work"], ["work"]],
            interval: .milliseconds(300), end: "(SELECT sum(used) = \(max) FROM batch_allowances)")
        let processes = try await crew.work()
        let files = try Self.files(in: scene)
        let used = try await scene.number("SELECT sum(used) FROM batch_allowances")
        print("workers killed: \(processes.filter { $0.killed != nil }.count), \(files) of \(max) writes")
        #expect(used == Double(max))
        #expect(files <= max)
        #expect(files > 0)
    }
}
