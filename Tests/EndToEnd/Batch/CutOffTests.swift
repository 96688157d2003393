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
        settings.latency = CutOff.latencyBefore
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

/// Two machines: a network namespace each, with a wire to this one, where the database and the endpoint are.
@Suite(.enabled(if: Machine.arePermitted, "needs to make network namespaces: root with CAP_NET_ADMIN"))
struct `Two machines that share a batch` {
    @Test func `lose nothing when the wire of one is cut`() async throws {
        let (home, away) = (try await Machine.make(), try await Machine.make())
        var settings = LoopbackChat.Settings()
        settings.latency = CutOff.latencyBefore
        // Each machine sees this one at another address.
        let database = try await TestDatabase.make().connectionString
        let socket = FreezingProxy.socketPath(in: database)
        let (homeStore, awayStore) = (
            try FreezingProxy(to: socket, address: home.address), try FreezingProxy(to: socket, address: away.address)
        )
        let scene = try await BatchScene.make(
            settings, address: "0.0.0.0", databaseURL: database, environment: ["VOCERO_BATCH_LEASE": "2"])
        let names = try scene.write(count: 120)
        try scene.write([("z-1", "hold"), ("z-2", "hold")])
        let homeRun = try await home.start(
            scene, ["run", "prompts", "--no-tools", "--concurrency", "16"], key: "key-home", store: homeStore)
        _ = try await scene.endpoint.wait { !$0.isEmpty }
        let awayRun = try await away.start(scene, ["work"], key: "key-away", store: awayStore)
        let cutOff = CutOff(scene: scene, key: "key-away")
        let lost = try await cutOff.cut {
            try await away.unplug()
        } heal: {
            try await away.plug()
        }
        let (homeOutput, awayOutput) = try await (homeRun.output, awayRun.output)
        #expect(homeOutput.status == 0, "\(homeOutput)")
        #expect(awayOutput.status == 0 && awayOutput.error.contains("goes on as a new one"), "\(awayOutput)")
        try await cutOff.check(lost, of: names + ["z-1", "z-2"])
    }
}
