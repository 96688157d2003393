import Postgres
import TestSupport
import Testing

/// Cuts one worker off in the middle of a batch and lets it come back when the others have its items.
struct CutOff: Sendable {
    let scene: BatchScene
    /// The lost worker's.
    let key: String

    /// Of calls before the cut: longer than a busy machine takes from seeing them to the cut.
    static let latencyBefore = Duration.seconds(5)

    private func isAway(_ call: LoopbackChat.Call) -> Bool { call.authorization == "Bearer \(key)" }

    /// The items that it had and did not store.
    func cut(_ cut: () async throws -> Void, heal: () async throws -> Void) async throws -> Set<String> {
        let endpoint = scene.endpoint
        // Its half of what may be in flight: nothing is on its way to the endpoint, and nothing will be while these
        // are open.
        let hasBegun = try await endpoint.wait { $0.filter { isAway($0) && $0.end == .open }.count == 8 }
        try await cut()
        endpoint.change { $0.latency = .milliseconds(600) }
        // All that is left are the held ones, and those the other has.
        let areTakenOver = try await scene.wait(
            until: "(SELECT count(*) = 120 FROM batch_items WHERE state = 'done')")
        let early = endpoint.calls.filter(isAway)
        let others = Set(endpoint.calls.filter { !isAway($0) }.map(\.item))
        let lost = Set(early.map(\.item)).intersection(others)
        try await heal()
        // It is a new worker now, and works: what it had was refused.
        let isBack = try await scene.wait(until: "(SELECT count(*) = 2 FROM batch_workers)")
        endpoint.release()
        print("a worker was cut off with \(early.count) calls, of which others made \(lost.count) again")
        #expect(hasBegun && areTakenOver && isBack, "\(hasBegun), \(areTakenOver), \(isBack)")
        return lost
    }

    func check(_ lost: Set<String>, of names: [String]) async throws {
        #expect(!lost.isEmpty)
        #expect(try scene.statuses() == Dictionary(uniqueKeysWithValues: names.map { ($0 + ".md", "done") }))
        // What stands in the item is the answer that the other got.
        let rows = try await scene.rows(
            """
            SELECT i.name, i.attempt::int8 AS attempt, s.request_id AS id FROM batch_items i
            JOIN steps s ON s.run_id = i.run_id
            """)
        #expect(rows.count == names.count)
        for row in rows {
            let item = String(try row.string("name").dropLast(3))
            guard lost.contains(item) else { continue }
            let id = try row.string("id")
            let call = try #require(scene.endpoint.calls.first { $0.requestID == id })
            #expect(!isAway(call) && call.item == item, "\(item)")
            #expect(try row.int("attempt") == 2, "\(item)")
        }
        let twice = Dictionary(grouping: scene.endpoint.calls, by: \.item).filter { $0.value.count > 1 }
        let start = scene.endpoint.calls[0].arrived
        let told = twice.map { item, calls in
            "\(item): \(calls.map { "\($0.authorization ?? "") \(($0.arrived - start) / .milliseconds(1)) \($0.end)" })"
        }
        #expect(Set(twice.keys).isSubset(of: lost), "\(told.sorted().joined(separator: "\n"))")
    }
}
