import Assistant
import BatchQueue
import Concurrency
import FoundationEssentials
import JSON
import Memory
import TestSupport
import Testing

@testable import Batch

/// What goes wrong between a step and its record: every item ends once, and nothing is paid twice.
struct `Work through a Batch API that breaks off` {
    static let prompts = `Work through a Batch API`.prompts

    static func check(_ playground: BatchAPIPlayground, _ server: LoopbackBatchAPI) async throws {
        let status = try await playground.status()
        #expect(status[.done] == prompts.count && status.total == prompts.count)
        #expect(server.answered == Dictionary(uniqueKeysWithValues: prompts.map { ($0, 1) }))
        #expect(try await playground.isSettled())
    }

    @Test(
        arguments: [
            "POST /files", "GET /files", "POST /batches", "GET /batches", "GET /batches/batch_0", "GET /files/*",
            "DELETE /files/*",
        ], [0, 1, 2, 3])
    func `at a request`(call: String, kind: Int) async throws {
        let server = try LoopbackBatchAPI(pageSize: 2)
        let fault: LoopbackBatchAPI.Fault =
            switch kind {
            case 0: .instead(LoopbackOpenAI.error(500, "scripted failure"))
            case 1:
                .instead(
                    LoopbackOpenAI.error(429, "slowly", code: "rate_limit_exceeded", headers: ["retry-after-ms": "3"]))
            case 2: .after(.close)
            default: .after(LoopbackOpenAI.error(503, "scripted failure"))
            }
        // Look-ups happen after something was lost.
        if call == "GET /files" { server.fail("POST /files", .after(.close)) }
        if call == "GET /batches" { server.fail("POST /batches", .after(.close)) }
        server.fail(call, fault, times: 3)
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        #expect(try await playground.work() == .finished)
        #expect(server.batches.count == 1)
        try await Self.check(playground, server)
    }

    /// A process that is gone at a call leaves what a killed one leaves: its last record.
    @Test(arguments: ["POST /files", "POST /batches", "GET /batches/batch_0", "GET /files/file-1/content"], [0, 1])
    func `for good, and is taken up by the next process`(call: String, effect: Int) async throws {
        let server = try LoopbackBatchAPI(pageSize: 2)
        server.fail(call, effect == 0 ? .instead(.hang) : .after(.hang))
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        let first = Task { try await playground.work() }
        #expect(await server.wait(for: call))
        first.cancel()
        #expect(try await first.value == .stopped)
        #expect(try await playground.work() == .finished)
        #expect(server.batches.count == 1)
        try await Self.check(playground, server)
    }

    @Test func `in the middle of its lines`() async throws {
        let stop = StopSignal()
        let server = try LoopbackBatchAPI { _, _ in
            stop.make()
            return LoopbackBatchAPI.Plan()
        }
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        // A turn that a killed process has begun to write, and one that it had written whole.
        _ = try await playground.work(stop: stop)
        for (position, isWhole) in [(2, false), (5, true)] {
            let run = RunID.attempt(1, atItem: position, of: playground.batch)
            let opened = try await playground.memory.begin(
                RunOpening(
                    run: run, messageID: UUID(), text: "prompt \(position)", source: .batch, mode: .unattended,
                    agent: "assistant", session: .new, repository: nil, model: "m", limits: RunLimits(),
                    startedAt: .now))
            guard isWhole else { continue }
            try await playground.memory.finish(
                RunClosing(
                    run: opened.run, state: .done, messageID: UUID(), answer: "Answer to prompt \(position)",
                    usage: Usage(), costInUSD: 0, reason: nil, endedAt: .now))
        }
        #expect(try await playground.work() == .finished)
        try await Self.check(playground, server)
        #expect(try await playground.number("SELECT count(*) FROM runs") == 10)
        #expect(try await playground.number("SELECT count(*) FROM messages") == 20)
    }

    @Test func `with lines twice, foreign, broken and unasked for`() async throws {
        let server = try LoopbackBatchAPI { _, _ in
            LoopbackBatchAPI.Plan { index, line in
                let answer =
                    #"{"custom_id":"%","response":{"status_code":200,"body":{"choices":[{"message":{"content":"odd"}}]}}}"#
                return switch index {
                case 0: .raw("{\"custom_id\":\"\(line.id)\"\n" + answer.replacing("%", with: line.id))
                case 1: .raw(answer.replacing("%", with: line.id) + "\n" + answer.replacing("%", with: line.id))
                case 2: .raw(answer.replacing("%", with: "999-1") + "\n" + answer.replacing("%", with: "nonsense"))
                case 3: .raw(answer.replacing("%", with: "3-7") + "\n\nnull\n[]\n")
                case 4: .raw(answer.replacing("%", with: "-4--1"))
                default: .answer("plain")
                }
            }
        }
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        #expect(try await playground.work() == .finished)
        let items = try await playground.items()
        #expect(items.map(\.answer).prefix(2) == ["odd", "odd"])
        // What never gets a line of its own ends, too.
        #expect(items[0].state == .done && items[9].state == .done)
        #expect(items.allSatisfy { $0.state.isFinal })
    }

    @Test func `and whose batch is listed too late: the second one is ended`() async throws {
        let server = try LoopbackBatchAPI { _, _ in
            LoopbackBatchAPI.Plan(polls: 3) { _, line in .answer("Answer to \(line.prompt)") }
        }
        server.fail("POST /batches", .after(.close))
        server.fail("GET /batches", .instead(.json(["data": [], "has_more": false])))
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        #expect(try await playground.work() == .finished)
        #expect(server.batches.count == 2)
        #expect(server.count("POST /batches/batch_0/cancel") == 1)
        try await Self.check(playground, server)
    }

    @Test func `because the store went away for a moment`() async throws {
        let server = try LoopbackBatchAPI { _, _ in LoopbackBatchAPI.Plan(polls: 30) }
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        async let ending = playground.work()
        for count in [1, 8] {
            #expect(await server.wait(for: "GET /batches/batch_0", count: count))
            try await playground.endConnections()
        }
        #expect(try await ending == .finished)
        #expect(server.batches.count == 1)
        try await Self.check(playground, server)
    }

    @Test func `and whose answers are gone`() async throws {
        let server = try LoopbackBatchAPI()
        server.fail("GET /files/file-1/content", .instead(LoopbackOpenAI.error(404, "no such file")), times: 9)
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        #expect(try await playground.work() == .finished)
        #expect(server.batches.count == 1)
        #expect(try await playground.items().allSatisfy { $0.state == .failed && $0.error?.contains("gone") == true })
    }

    @Test func `and that the endpoint forgets: a person decides`() async throws {
        let server = try LoopbackBatchAPI { _, _ in LoopbackBatchAPI.Plan(polls: 1_000_000) }
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        _ = try await playground.work(untilCalled: "GET /batches/batch_0")
        server.fail("GET /batches/batch_0", .instead(LoopbackOpenAI.error(404, "no such batch")), times: 2)
        server.fail("POST /batches/batch_0/cancel", .instead(LoopbackOpenAI.error(404, "no such batch")))
        guard case .paused(let reason) = try await playground.work() else {
            Issue.record("not paused")
            return
        }
        #expect(reason.contains("batch_0") && reason.contains("vocero batch cancel"))
        #expect(try await playground.status()[.running] == 10)
        try await playground.store.cancel(playground.batch)
        #expect(try await playground.work() == .cancelled)
        #expect(try await playground.status()[.skipped] == 10)
    }
}
