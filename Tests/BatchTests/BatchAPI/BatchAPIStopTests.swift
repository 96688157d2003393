import Assistant
import BatchQueue
import FoundationEssentials
import JSON
import Testing
import TestSupport

@testable import Batch

/// Who stops, cancels or joins while prompts are at an endpoint.
struct `Work through a Batch API that a person stops` {
    static let prompts = `Work through a Batch API`.prompts

    @Test func `cancels at the endpoint, keeps what was answered and skips the rest`() async throws {
        let server = try LoopbackBatchAPI { _, _ in
            LoopbackBatchAPI.Plan("completed", polls: 1_000_000) { index, _ in
                index < 4 ? .answer("x") : .untried(code: "batch_cancelled")
            }
        }
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        async let ending = playground.work()
        #expect(await server.wait(for: "GET /batches/batch_0"))
        try await playground.store.cancel(playground.batch)
        #expect(try await ending == .cancelled)
        #expect(server.count("POST /batches/batch_0/cancel") == 1)
        let status = try await playground.status()
        #expect((status[.done], status[.skipped], status[.running]) == (4, 6, 0))
        #expect(try await playground.isSettled())
    }

    @Test func `leaves its prompts at the endpoint when it is stopped, and takes them later`() async throws {
        let server = try LoopbackBatchAPI { _, _ in LoopbackBatchAPI.Plan(polls: 1_000_000) }
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        #expect(try await playground.work(untilCalled: "GET /batches/batch_0") == .stopped)
        #expect(try await playground.status()[.running] == 10)
        server.endAll()
        #expect(try await playground.work() == .finished)
        #expect(server.batches.count == 1)
        #expect(try await playground.status()[.done] == 10)
    }

    @Test func `does not ask another endpoint for its prompts`() async throws {
        let server = try LoopbackBatchAPI { _, _ in LoopbackBatchAPI.Plan(polls: 1_000_000) }
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        _ = try await playground.work(untilCalled: "GET /batches/batch_0")
        let error = await #expect(throws: (any Error).self) {
            try await playground.work(baseURL: "http://127.0.0.1:1/v1")
        }
        #expect("\(error.debugDescription)".contains("OPENAI_BASE_URL"))
        #expect(try await playground.status()[.running] == 10)
    }

    @Test func `drives once, however many processes there are`() async throws {
        let server = try LoopbackBatchAPI { _, _ in LoopbackBatchAPI.Plan(polls: 20) }
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        let endings = try await withThrowingTaskGroup(of: BatchEngine.Ending.self) { group in
            for _ in 0..<3 { group.addTask { try await playground.work() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(endings == [.finished, .finished, .finished])
        #expect(server.batches.count == 1)
        #expect(try await playground.isSettled())
    }
}
