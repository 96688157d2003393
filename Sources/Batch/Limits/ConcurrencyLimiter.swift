internal import Assistant
internal import Synchronization

/// How many model calls a worker has in flight. Items stand here between what is stored before a call and the call, so
/// that the endpoint never waits for the store.
///
/// A call that has been without an answer for much longer than others were gives its place to another one, and goes on
/// until its time is over.
///
/// The first call of an item is let in only while its worker is sure that it still has the item: it may have slept, and
/// the calls whose end it finds on waking must not let others in.
package final class ConcurrencyLimiter: Sendable {
    private struct Waiter {
        let ticket: Int
        let isFirst: Bool
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var limit = 0
        var opensUntil: ContinuousClock.Instant?
        var isClosing = false
        var inFlight = 0
        var calls = OpenCalls()
        var waiters: [Waiter] = []
        var tickets = 0

        mutating func admit(_ ticket: Int) {
            inFlight += 1
            calls.begin(ticket, at: .now)
        }

        func admits(isFirst: Bool) -> Bool {
            guard inFlight < limit else { return false }
            return !isFirst || opensUntil.map { ContinuousClock.now < $0 } ?? true
        }
    }

    private let state = Mutex(State())
    private let report: @Sendable (CallEvent) -> Void

    /// `report` is told what happens to calls, at once and from wherever they are made.
    package init(_ report: @escaping @Sendable (CallEvent) -> Void = { _ in }) { self.report = report }

    /// Calls in flight at most from now on; those that are stay. First calls are let in until `opensUntil`. With
    /// `isClosing` items that have not called are turned away.
    func set(limit: Int, opensUntil: ContinuousClock.Instant? = nil, isClosing: Bool = false) {
        let (admitted, refused) = state.withLock { state in
            state.limit = limit
            state.opensUntil = opensUntil
            state.isClosing = isClosing
            state.inFlight -= state.calls.giveUpPlaces(of: limit, at: .now)
            let refused = isClosing ? state.waiters.filter(\.isFirst) : []
            if isClosing { state.waiters.removeAll(where: \.isFirst) }
            return (Self.admitted(&state), refused)
        }
        for waiter in refused { waiter.continuation.resume(returning: false) }
        for waiter in admitted { waiter.continuation.resume(returning: true) }
    }

    /// Calls that have given their places to others.
    var hanging: Int { state.withLock { $0.calls.hanging } }

    /// What is known of calls beside their answers.
    package func note(_ event: CallEvent) { report(event) }

    /// Waits for a place and keeps it while `body` runs; nil when there was none before the task was cancelled or the
    /// limiter closed.
    func passing<Value: Sendable>(
        isFirst: Bool, _ body: () async throws(EngineError) -> Value
    ) async throws(EngineError) -> Value? {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        guard await enter(ticket, isFirst: isFirst) else { return nil }
        if !isFirst { report(.further) }
        var isAnswered = false
        defer { leave(ticket, isAnswered: isAnswered) }
        let answer = try await body()
        isAnswered = true
        report(.answered)
        return answer
    }

    private func enter(_ ticket: Int, isFirst: Bool) async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled || (isFirst && state.isClosing) { return false }
                    if state.waiters.isEmpty, state.admits(isFirst: isFirst) {
                        state.admit(ticket)
                        return true
                    }
                    state.waiters.append(Waiter(ticket: ticket, isFirst: isFirst, continuation: continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard let place = state.waiters.firstIndex(where: { $0.ticket == ticket }) else { return nil }
                return state.waiters.remove(at: place)
            }
            waiter?.continuation.resume(returning: false)
        }
    }

    private func leave(_ ticket: Int, isAnswered: Bool) {
        let admitted = state.withLock { state in
            if state.calls.end(ticket, isAnswered: isAnswered, at: .now) { state.inFlight -= 1 }
            return Self.admitted(&state)
        }
        for waiter in admitted { waiter.continuation.resume(returning: true) }
    }

    /// In order; an item that has called before does not wait for those that may not begin.
    private static func admitted(_ state: inout State) -> [Waiter] {
        var admitted: [Waiter] = []
        while let place = state.waiters.firstIndex(where: { state.admits(isFirst: $0.isFirst) }) {
            let waiter = state.waiters.remove(at: place)
            admitted.append(waiter)
            state.admit(waiter.ticket)
        }
        return admitted
    }
}
