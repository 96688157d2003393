package import Concurrency
internal import Synchronization

/// For work that ends what it has in flight when a person presses Ctrl-C once, and stops when it comes twice.
package final class StopRequest: Sendable {
    /// The one of this process; nobody asks outside of a command.
    @TaskLocal package static var current = StopRequest()

    private let isAwaited = Mutex(false)

    /// Made by the request.
    package let signal = StopSignal()

    package init() {}

    /// The first Ctrl-C is a request from now on; the command hears it from ``signal``.
    package func expect() { isAwaited.withLock { $0 = true } }

    /// There is nothing in flight: the next Ctrl-C ends the command.
    package func cancelsWhenMade() { isAwaited.withLock { $0 = false } }

    package var wasMade: Bool { signal.isMade }

    /// True when the signal was the request.
    package func take() -> Bool {
        let isRequest = isAwaited.withLock { $0 && !signal.isMade }
        if isRequest { signal.make() }
        return isRequest
    }
}
