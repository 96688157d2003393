import Glibc
import JSON
import Postgres
import Synchronization
import TestSupport

/// Workers that are killed and replaced until the batch is done. Each process has a key of its own, so that the endpoint
/// sees whose calls are whose.
struct BatchCrew: Sendable {
    struct Process: Sendable {
        let key: String
        let running: RunningBatch
        var killed: ContinuousClock.Instant?
        var ended: VoceroOutput?
    }

    let scene: BatchScene
    /// The words of each seat's command.
    let seats: [[String]]
    /// Between two kills.
    let interval: Duration
    /// Nobody is killed any more when the database says yes to this: whoever writes the results must come to an end.
    let end: String

    /// All processes there ever were, when the last one has ended by itself.
    func work() async throws -> [Process] {
        let roster = Roster()
        try await withThrowingTaskGroup { group in
            for (number, words) in seats.enumerated() {
                group.addTask {
                    // The first one makes the batch.
                    if number > 0 { _ = try await scene.endpoint.wait { !$0.isEmpty } }
                    try await hold(seat: number, words, roster)
                }
            }
            let killer = Task {
                while true {
                    try await Task.sleep(for: interval)
                    if let row = try? await scene.rows("SELECT (\(end)) IS TRUE AS yes").first, try row.bool("yes") {
                        return
                    }
                    roster.killOne()
                }
            }
            defer { killer.cancel() }
            try await group.waitForAll()
        }
        return roster.processes.withLock { $0 }
    }

    private func hold(seat: Int, _ words: [String], _ roster: Roster) async throws {
        for generation in 0... {
            let key = "key-\(seat)-\(generation)"
            let running = try await scene.start(words, environment: ["OPENAI_API_KEY": key])
            let number = roster.processes.withLock { processes in
                processes.append(Process(key: key, running: running))
                return processes.count - 1
            }
            let output = try await running.output
            let wasKilled = roster.processes.withLock { processes in
                processes[number].ended = output
                return processes[number].killed != nil
            }
            if !wasKilled { return }
        }
    }

    private final class Roster: Sendable {
        let processes = Mutex<[Process]>([])

        func killOne() {
            processes.withLock { processes in
                let living = processes.indices.filter { processes[$0].ended == nil && processes[$0].killed == nil }
                guard let victim = living.randomElement() else { return }
                processes[victim].killed = .now
                processes[victim].running.signal(SIGKILL)
            }
        }
    }
}

/// What a batch has cost in calls, compared with what it should have.
struct BatchAccount: CustomStringConvertible {
    var items: Int
    var calls: Int
    var kills = 0
    /// Calls of killed workers whose answers were not stored.
    var cutOff = 0
    /// Items without their own answer in the results.
    var lost: [String] = []
    /// Calls beyond one an item, but for those that were in flight when their worker was killed.
    var doubled: [String] = []
    /// From a kill to the next call of an item that was in flight.
    var takeOvers: [Duration] = []

    init(of names: [String], in scene: BatchScene, processes: [BatchCrew.Process] = []) async throws {
        items = names.count
        let calls = scene.endpoint.calls
        self.calls = calls.count
        let killed = Dictionary(
            processes.compactMap { process in process.killed.map { ("Bearer \(process.key)", $0) } },
            uniquingKeysWith: { first, _ in first })
        kills = killed.count
        let stored = Set(
            try await scene.rows("SELECT DISTINCT request_id AS id FROM steps").map { try $0.string("id") })
        var storedOf: [String: Int] = [:]
        for (index, call) in calls.enumerated() {
            if stored.contains(call.requestID) {
                storedOf[call.item, default: 0] += 1
                if storedOf[call.item, default: 0] > 1 {
                    doubled.append("\(call.item): \(call.requestID) stored again")
                }
            } else if let kill = killed[call.authorization ?? ""] {
                cutOff += 1
                if let next = calls[(index + 1)...].first(where: { $0.item == call.item && $0.arrived > kill }) {
                    takeOvers.append(next.arrived - kill)
                }
            } else {
                doubled.append("\(call.item): \(call.requestID) of a living worker not stored (\(call.end))")
            }
        }
        let results = try scene.lines()
        var answers: [String: Int] = [:]
        for line in results where line["status"] == "done" {
            guard let name = line["name"]?.string, let item = name.split(separator: ".").first else { continue }
            if line["answer"]?.string == "Answer to \(item)." { answers[String(item), default: 0] += 1 }
        }
        for name in names {
            let hasFiles =
                scene.answer(name + ".md") == "Answer to \(name).\n"
                && (try? scene.report(name + ".md"))?["status"] == "done"
            if answers[name] != 1 || storedOf[name] == nil || !hasFiles { lost.append(name) }
        }
    }

    var description: String {
        let sorted = takeOvers.sorted()
        let times =
            sorted.isEmpty
            ? ""
            : "; taken over after \(Self.milliseconds(sorted[sorted.count / 2])) ms (at most \(Self.milliseconds(sorted[sorted.count - 1])))"
        return "\(items) items, \(calls) calls, \(kills) workers killed, \(cutOff) calls in flight then\(times): "
            + "lost \(lost.count), doubled \(doubled.count)"
    }

    private static func milliseconds(_ duration: Duration) -> Int { Int(duration / .milliseconds(1)) }
}
