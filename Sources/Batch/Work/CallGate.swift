package import Assistant
internal import Synchronization

/// How many model calls a worker has in flight. Items stand here between what is stored before a call and the call, so
/// that the endpoint never waits for the store.
package final class CallGate: Sendable {
    private struct State {
        var limit = 0
        var inFlight = 0
        var waiters: [(ticket: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        var tickets = 0
        var furtherCalls = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Calls in flight at most from now on; those that are stay.
    func set(limit: Int) {
        let woken = state.withLock { state in
            state.limit = limit
            return Self.admitted(&state)
        }
        for waiter in woken { waiter.resume(returning: true) }
    }

    /// Calls that items have made beyond their first since this was asked last.
    func takeFurtherCalls() -> Int {
        state.withLock { state in
            defer { state.furtherCalls = 0 }
            return state.furtherCalls
        }
    }

    /// Waits for a place and keeps it while `body` runs; nil when the task was cancelled before there was one.
    fileprivate func passing<Value: Sendable>(
        isFurther: Bool, _ body: () async throws(EngineError) -> Value
    ) async throws(EngineError) -> Value? {
        guard await enter() else { return nil }
        if isFurther { state.withLock { $0.furtherCalls += 1 } }
        defer { leave() }
        return try await body()
    }

    private func enter() async -> Bool {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    if state.inFlight < state.limit, state.waiters.isEmpty {
                        state.inFlight += 1
                        return true
                    }
                    state.waiters.append((ticket, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
                guard let place = state.waiters.firstIndex(where: { $0.ticket == ticket }) else { return nil }
                return state.waiters.remove(at: place).continuation
            }
            waiter?.resume(returning: false)
        }
    }

    private func leave() {
        let woken = state.withLock { state in
            state.inFlight -= 1
            return Self.admitted(&state)
        }
        for waiter in woken { waiter.resume(returning: true) }
    }

    private static func admitted(_ state: inout State) -> [CheckedContinuation<Bool, Never>] {
        let count = max(0, min(state.waiters.count, state.limit - state.inFlight))
        guard count > 0 else { return [] }
        let admitted = state.waiters.prefix(count).map(\.continuation)
        state.waiters.removeFirst(count)
        state.inFlight += count
        return admitted
    }
}

/// A model whose calls pass a gate. The time of an item is that of its calls: who waits at the gate loses none.
package struct GatedModel: ChatModel {
    private let model: any ChatModel
    private let gate: CallGate
    private let deadline: Duration
    private let calls = CallTime()

    /// `deadline`: for all calls of the item together.
    package init(_ model: any ChatModel, gate: CallGate, deadline: Duration = .seconds(600)) {
        self.model = model
        self.gate = gate
        self.deadline = deadline
    }

    package var name: String { model.name }
    package var maxResultTokens: Int { model.maxResultTokens }

    package func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        let response = try await gate.passing(isFurther: !calls.isFirst()) { () async throws(EngineError) in
            try await timed(request, onText)
        }
        guard let response else { throw EngineError(.cancelled, "Interrupted before the question was sent.") }
        return response
    }

    private func timed(
        _ request: ChatRequest, _ onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        let (model, begun) = (model, ContinuousClock.now)
        defer { calls.add(ContinuousClock.now - begun) }
        let result = await within(deadline - calls.total) { () -> Result<ChatResponse, EngineError> in
            do throws(EngineError) {
                return .success(try await model.respond(to: request, onText: onText))
            } catch {
                return .failure(error)
            }
        }
        if let result { return try result.get() }
        throw Task.isCancelled
            ? EngineError(.cancelled, "Interrupted.")
            : EngineError(.timedOut, "The endpoint gave no answer within \(deadline.components.seconds) seconds.")
    }
}

/// How often and how long an item has called.
private final class CallTime: Sendable {
    private let state = Mutex((count: 0, total: Duration.zero))

    var total: Duration { state.withLock { $0.total } }

    func add(_ time: Duration) { state.withLock { $0.total += time } }

    func isFirst() -> Bool {
        state.withLock { state in
            state.count += 1
            return state.count == 1
        }
    }
}
