internal import Synchronization

/// What happens beside a loop, for the loop to take. Who posts never waits; one loop takes, also when its task was
/// cancelled, for what is in flight then still ends.
final class EventQueue<Event: Sendable>: Sendable {
    private struct State {
        var events: [Event] = []
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func post(_ event: Event) {
        let waiter = state.withLock { state in
            state.events.append(event)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    /// All that was posted since this was asked last, in order; waits for the first.
    func next() async -> [Event] {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.events.isEmpty { state.waiter = continuation }
                return !state.events.isEmpty
            }
            if isThere { continuation.resume() }
        }
        return state.withLock { state in
            defer { state.events = [] }
            return state.events
        }
    }
}
