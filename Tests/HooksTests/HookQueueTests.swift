import Foundation
import Git
import HookInstall
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Hooks

/// What the workers of a queue share.
private final class Workers: Sendable {
    private let state = Mutex<(now: Int, most: Int, jobs: [HookJob])>((0, 0, []))

    var most: Int { state.withLock { $0.most } }
    var jobs: [HookJob] { state.withLock { $0.jobs } }

    func begin(_ job: HookJob) {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
            state.jobs.append(job)
        }
    }

    func end() { state.withLock { $0.now -= 1 } }
}

struct `The queue of background work` {
    static func job(_ digit: Character) throws -> HookJob {
        .record(commit: try #require(ObjectID(hex: String(repeating: digit, count: 40))), branch: "main")
    }

    @Test func `is worked off in order and empty afterwards`() async throws {
        let directory = try TemporaryDirectory()
        let queue = HookQueue(directory: directory.file("queue"))
        for digit in "123" { try queue.add(try Self.job(digit)) }
        let workers = Workers()
        await queue.work { job in
            workers.begin(job)
            return true
        }
        #expect(workers.jobs == [try Self.job("1"), try Self.job("2"), try Self.job("3")])
        let left = try FileManager.default.contentsOfDirectory(atPath: queue.directory)
        #expect(left == ["lock"])
    }

    @Test func `is worked off by one at a time`() async throws {
        let directory = try TemporaryDirectory()
        let queue = HookQueue(directory: directory.path)
        for digit in "12345678" { try queue.add(try Self.job(digit)) }
        let workers = Workers()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    await queue.work { job in
                        workers.begin(job)
                        // Long enough for the others to try.
                        try? await Task.sleep(for: .milliseconds(2))
                        workers.end()
                        return true
                    }
                }
            }
        }
        #expect(workers.most == 1)
        #expect(workers.jobs.count == 8)
    }

    @Test func `takes work that comes while it is at it`() async throws {
        let directory = try TemporaryDirectory()
        let queue = HookQueue(directory: directory.path)
        try queue.add(try Self.job("1"))
        let second = try Self.job("2")
        let workers = Workers()
        await queue.work { job in
            if workers.jobs.isEmpty { try? queue.add(second) }
            workers.begin(job)
            return true
        }
        #expect(workers.jobs.last == second)
    }

    @Test func `keeps a job that could not be done for the next process`() async throws {
        let directory = try TemporaryDirectory()
        let queue = HookQueue(directory: directory.path)
        try queue.add(try Self.job("1"))
        let workers = Workers()
        for round in 1...3 {
            await queue.work { job in
                workers.begin(job)
                return false
            }
            #expect(workers.jobs.count == round)
        }
        await queue.work { _ in true }
        #expect(workers.jobs.count == 3)
        #expect(try FileManager.default.contentsOfDirectory(atPath: queue.directory) == ["lock"])
    }

    @Test func `gives a job up that has failed to end three times`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("1-1-1.job3", Array(try Self.job("1").json.description.utf8))
        try directory.write("2-1-1.job0", Array("no job".utf8))
        let queue = HookQueue(directory: directory.path)
        let workers = Workers()
        await queue.work { job in
            workers.begin(job)
            return true
        }
        #expect(workers.jobs.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: queue.directory) == ["lock"])
    }

    @Test func `keeps every kind of job as it is`() throws {
        let one = try #require(ObjectID(hex: String(repeating: "a", count: 40)))
        let range = IncomingRange(branch: "año/1", from: one, to: one, own: [one])
        for job in [try Self.job("1"), .record(commit: one, branch: nil), .incoming(range, hook: .postMerge)] {
            #expect(HookJob(job.json) == job)
        }
    }
}
