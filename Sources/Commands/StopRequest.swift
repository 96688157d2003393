internal import Concurrency
internal import Synchronization

/// For commands that end what they have in flight when a person presses Ctrl-C once, and stop when it comes twice.
final class StopRequest: Sendable {
    /// The one of this process; nobody asks outside of a command.
    @TaskLocal static var current = StopRequest()

    private let isAwaited = Mutex(false)

    /// Made by the request.
    let signal = StopSignal()

    /// The first Ctrl-C is a request from now on; the command hears it from ``signal``.
    func expect() { isAwaited.withLock { $0 = true } }

    /// There is nothing in flight: the next Ctrl-C ends the command.
    func cancelsWhenMade() { isAwaited.withLock { $0 = false } }

    var wasMade: Bool { signal.isMade }

    /// True when the signal was the request.
    func take() -> Bool {
        let isRequest = isAwaited.withLock { $0 && !signal.isMade }
        if isRequest { signal.make() }
        return isRequest
    }
}
