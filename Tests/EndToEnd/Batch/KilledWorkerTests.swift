import FoundationEssentials
import TestSupport
import Testing

struct `Workers that are killed` {
    /// Items of the large scene: `VOCERO_TEST_BATCH_ITEMS`, 10,000 where there is time for it.
    private static let items =
        ProcessInfo.processInfo.environment["VOCERO_TEST_BATCH_ITEMS"].flatMap { Int($0) } ?? 1500

    @Test func `lose nothing and do nothing twice`() async throws {
        var settings = LoopbackChat.Settings()
        settings.latency = .milliseconds(200)
        let scene = try await BatchScene.make(settings)
        let names = try scene.write(count: Self.items)
        let run = ["run", "prompts", "--concurrency", "64"]
        let crew = BatchCrew(
            scene: scene, seats: [run] + Array(repeating: ["work"], count: 7), interval: .milliseconds(1000),
            end: "(SELECT sum(done) = \(names.count) FROM batches)")
        let processes = try await crew.work()
        for process in processes where process.killed == nil {
            #expect(process.ended?.status == 0, "\(process.ended?.description ?? "")")
        }
        let account = try await BatchAccount(of: names, in: scene, processes: processes)
        print(account)
        #expect(account.lost == [] && account.doubled == [], "\(account)")
        if !account.doubled.isEmpty {
            let notices = Set(processes.flatMap { ($0.ended?.error ?? "").split(separator: "\n").map { String($0) } })
            Issue.record("\((account.doubled.prefix(20) + notices.sorted().prefix(40)).joined(separator: "\n"))")
        }
        #expect(account.cutOff == account.calls - account.items)
        #expect(scene.endpoint.calls.allSatisfy { $0.inFlight <= 64 + 64 })
        // A run after all of it finds nothing to do.
        let again = try await scene.batch("run", "prompts")
        #expect(again.status == 0, "\(again)")
        #expect(scene.endpoint.callCount == account.calls)
    }
}
