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

/// A model whose calls pass a gate.
package struct GatedModel: ChatModel {
    private let model: any ChatModel
    private let gate: CallGate
    private let calls = CallCount()

    package init(_ model: any ChatModel, gate: CallGate) {
        self.model = model
        self.gate = gate
    }

    package var name: String { model.name }
    package var maxResultTokens: Int { model.maxResultTokens }

    package func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        let isFurther = !calls.isFirst()
        let response = try await gate.passing(isFurther: isFurther) { () async throws(EngineError) in
            try await model.respond(to: request, onText: onText)
        }
        guard let response else { throw EngineError(.cancelled, "Interrupted before the question was sent.") }
        return response
    }
}

/// Whether an item has called before.
private final class CallCount: Sendable {
    private let count = Mutex(0)

    func isFirst() -> Bool {
        count.withLock { count in
            count += 1
            return count == 1
        }
    }
}
