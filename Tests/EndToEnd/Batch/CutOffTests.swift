import Glibc
import Postgres
import TestSupport
import Testing

struct `A worker that is cut off` {
    /// How one worker is lost for longer than its lease and comes back.
    enum Cut: String, Sendable, CaseIterable { case frozenConnection, stoppedProcess }

    @Test(arguments: Cut.allCases)
    func `loses its items to the others, and what it sends later is refused`(cut: Cut) async throws {
        var settings = LoopbackChat.Settings()
        settings.latency = .milliseconds(300)
        let scene = try await BatchScene.make(settings, environment: ["VOCERO_BATCH_LEASE": "2"])
        let proxy = try FreezingProxy(
            to: FreezingProxy.socketPath(in: scene.databaseURL))
        // The last ones keep the batch going until the lost worker is back.
        let names = try scene.write(count: 120, steps: "ok")
        try scene.write([("z-1", "hold"), ("z-2", "hold")])
        let home = try await scene.start(
            ["run", "prompts", "--no-tools", "--concurrency", "16"], environment: ["OPENAI_API_KEY": "key-home"])
        _ = try await scene.endpoint.wait { !$0.isEmpty }
        let away = try await scene.start(
            ["work"],
            environment: [
                "OPENAI_API_KEY": "key-away",
                "DATABASE_URL": proxy.connectionString(of: scene.databaseURL),
            ])
        let lost = try await CutOff(scene: scene, key: "key-away").cut {
            switch cut {
            case .frozenConnection: proxy.freeze()
            case .stoppedProcess: away.signal(SIGSTOP)
            }
        } heal: {
            switch cut {
            case .frozenConnection: proxy.thaw()
            case .stoppedProcess: away.signal(SIGCONT)
            }
        }
        let (homeOutput, awayOutput) = try await (home.output, away.output)
        #expect(homeOutput.status == 0, "\(homeOutput)")
        #expect(awayOutput.status == 0 && awayOutput.error.contains("goes on as a new one"), "\(awayOutput)")
        try await CutOff(scene: scene, key: "key-away").check(lost, of: names + ["z-1", "z-2"])
    }
}
