internal import Synchronization

/// For commands that end what they have in flight when a person presses Ctrl-C once, and stop when it comes twice.
final class StopRequest: Sendable {
    private struct State {
        var isAwaited = false
        var wasMade = false
    }

    /// The one of this process; nobody asks outside of a command.
    @TaskLocal static var current = StopRequest()

    private let state = Mutex(State())

    /// The first Ctrl-C is a request from now on; the command looks at ``wasMade``.
    func expect() { state.withLock { $0.isAwaited = true } }

    /// There is nothing in flight: the next Ctrl-C ends the command.
    func cancelsWhenMade() { state.withLock { $0.isAwaited = false } }

    var wasMade: Bool { state.withLock { $0.wasMade } }

    /// True when the signal was the request.
    func take() -> Bool {
        state.withLock { state in
            guard state.isAwaited, !state.wasMade else { return false }
            state.wasMade = true
            return true
        }
    }
}
