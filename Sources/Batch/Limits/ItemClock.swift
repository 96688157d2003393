internal import Assistant
internal import Concurrency
internal import Synchronization

/// The working time of one attempt at an item: while a call of its model or one of its tools runs. What runs beside
/// each other counts once; who waits for its turn at the limiter, or for the store, loses none.
package final class ItemClock: Sendable {
    package let limit: Duration

    private struct State {
        var running = 0
        /// Since when something runs.
        var since = ContinuousClock.now
        var total = Duration.zero
        /// The tool that ran when the time was over.
        var stopped: String?

        func worked(at now: ContinuousClock.Instant) -> Duration { running > 0 ? total + (now - since) : total }
    }

    private let state = Mutex(State())

    package init(limit: Duration) { self.limit = limit }

    /// The time is over.
    package var isOver: Bool { left <= .zero }
    /// Nothing has run yet.
    var isUnused: Bool { state.withLock { $0.running == 0 && $0.total == .zero } }
    private var left: Duration { limit - state.withLock { $0.worked(at: .now) } }

    /// Runs `body` for as long as there is time; then it is cancelled, and waited for.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable () async -> Value
    ) async -> (value: Value, wasStopped: Bool) {
        state.withLock { state in
            if state.running == 0 { state.since = .now }
            state.running += 1
        }
        defer {
            state.withLock { state in
                if state.running == 1 { state.total = state.worked(at: .now) }
                state.running -= 1
            }
        }
        return await stopping(after: left, body)
    }

    /// The limit, in words.
    var time: String { limit.components.seconds == 1 ? "1 second" : "\(limit.components.seconds) seconds" }

    /// The tool did not end in time.
    func note(stopped tool: String) { state.withLock { $0.stopped = $0.stopped ?? tool } }

    /// That the time is over, in a sentence. `more`: what was not done.
    func words(and more: String? = nil) -> String {
        let more = more ?? state.withLock { $0.stopped }.map { "\($0) had not ended" }
        return "The item took longer than \(time)\(more.map { ", and \($0)" } ?? "")."
    }
}
