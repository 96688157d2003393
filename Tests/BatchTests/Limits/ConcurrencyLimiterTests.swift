import Assistant
import Synchronization
import Testing

@testable import Batch

/// Counts how many of its calls are in flight.
private final class CountingModel: ChatModel {
    let name = "counting"
    private let state = Mutex((inFlight: 0, peak: 0, calls: 0))

    var peak: Int { state.withLock { $0.peak } }
    var calls: Int { state.withLock { $0.calls } }

    func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        state.withLock {
            $0.inFlight += 1
            $0.calls += 1
            $0.peak = max($0.peak, $0.inFlight)
        }
        for _ in 0..<20 { await Task.yield() }
        state.withLock { $0.inFlight -= 1 }
        return ChatResponse(text: "yes", model: name)
    }
}

/// Never answers.
private struct SilentModel: ChatModel {
    let name = "silent"

    func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        try? await Task.sleep(for: .seconds(3600))
        throw EngineError(.cancelled, "Interrupted.")
    }
}

struct `The limiter before model calls` {
    private let request = ChatRequest(messages: [.user("x")], tools: [])

    @Test func `lets no more through than its limit`() async throws {
        let limiter = ConcurrencyLimiter()
        limiter.set(limit: 3)
        let model = CountingModel()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask { _ = try await LimitedModel(model, limiter: limiter).respond(to: request) { _ in } }
            }
            try await group.waitForAll()
        }
        #expect(model.calls == 50)
        #expect(model.peak <= 3)
    }

    @Test func `opens to those who wait when its limit grows`() async throws {
        let limiter = ConcurrencyLimiter()
        let model = CountingModel()
        async let answer = LimitedModel(model, limiter: limiter).respond(to: request) { _ in }
        for _ in 0..<20 { await Task.yield() }
        #expect(model.calls == 0)
        limiter.set(limit: 1)
        #expect(try await answer.text == "yes")
    }

    @Test func `keeps nobody who was cancelled`() async throws {
        let limiter = ConcurrencyLimiter()
        let model = CountingModel()
        let waiting = Task { try await LimitedModel(model, limiter: limiter).respond(to: request) { _ in } }
        for _ in 0..<20 { await Task.yield() }
        waiting.cancel()
        let error = await #expect(throws: EngineError.self) { try await waiting.value }
        #expect(error?.kind == .cancelled)
        limiter.set(limit: 1)
        _ = try await LimitedModel(model, limiter: limiter).respond(to: request) { _ in }
        #expect(model.calls == 1)
    }

    @Test func `gives an item the time of its calls, not of its waiting`() async throws {
        let limiter = ConcurrencyLimiter()
        let item = LimitedModel(
            CountingModel(), limiter: limiter, clock: ItemClock(limit: .milliseconds(500)))
        async let answer = item.respond(to: request) { _ in }
        try await Task.sleep(for: .milliseconds(600))
        limiter.set(limit: 1)
        #expect(try await answer.text == "yes")
        let late = LimitedModel(SilentModel(), limiter: limiter, clock: ItemClock(limit: .milliseconds(20)))
        let error = await #expect(throws: EngineError.self) { try await late.respond(to: request) { _ in } }
        #expect(error?.kind == .timedOut)
    }

    @Test func `turns away who has not called when it closes, and lets the others go on`() async throws {
        let limiter = ConcurrencyLimiter()
        limiter.set(limit: 1)
        let begun = LimitedModel(CountingModel(), limiter: limiter)
        _ = try await begun.respond(to: request) { _ in }
        limiter.set(limit: 1, isClosing: true)
        let new = LimitedModel(CountingModel(), limiter: limiter)
        let error = await #expect(throws: EngineError.self) { try await new.respond(to: request) { _ in } }
        #expect(error?.kind == .cancelled)
        #expect(!new.hasCalled)
        #expect(try await begun.respond(to: request) { _ in }.text == "yes")
    }

    @Test func `lets nobody begin when its worker has not been heard of in time`() async throws {
        let limiter = ConcurrencyLimiter()
        limiter.set(limit: 2, opensUntil: .now)
        let model = CountingModel()
        async let answer = LimitedModel(model, limiter: limiter).respond(to: request) { _ in }
        for _ in 0..<20 { await Task.yield() }
        #expect(model.calls == 0)
        limiter.set(limit: 2, opensUntil: .now + .seconds(60))
        #expect(try await answer.text == "yes")
    }

    @Test func `counts the calls beyond the first of an item`() async throws {
        let counts = Mutex((further: 0, answered: 0))
        let limiter = ConcurrencyLimiter { event in
            counts.withLock { counts in
                switch event {
                case .further: counts.further += 1
                case .answered: counts.answered += 1
                case .troubled, .limits: Issue.record("there was nothing of that")
                }
            }
        }
        limiter.set(limit: 1)
        let item = LimitedModel(CountingModel(), limiter: limiter)
        for _ in 0..<3 { _ = try await item.respond(to: request) { _ in } }
        #expect(counts.withLock { $0.further } == 2)
        #expect(counts.withLock { $0.answered } == 3)
    }
}
