import Services
import TestSupport
import Testing

struct `A batch whose database` {
    @Test func `is restarted loses nothing and does nothing twice`() async throws {
        let cluster = PrivateCluster(home: try await TestRun.shared.home(), profile: .disposable)
        let address = try await cluster.connectionString()
        var settings = LoopbackChat.Settings()
        settings.latency = .milliseconds(100)
        let scene = try await BatchScene.make(settings, databaseURL: address)
        let names = try scene.write(count: 200)
        let run = try await scene.start(["run", "prompts", "--no-tools", "--concurrency", "16"])
        for count in [40, 120] {
            _ = try await scene.endpoint.wait { $0.count >= count }
            try await cluster.stop()
            _ = try await cluster.connectionString()
        }
        let output = try await run.output
        #expect(output.status == 0, "\(output)")
        let statuses = try scene.statuses()
        #expect(statuses == Dictionary(uniqueKeysWithValues: names.map { ($0 + ".md", "done") }))
        let calls = scene.endpoint.callCount
        print("database restarted twice: \(calls - names.count) calls beyond \(names.count)")
        #expect(calls <= names.count + 2 * 16 * 2)
        try await cluster.stop()
    }
}
