internal import Dispatch
internal import Glibc
internal import Synchronization

/// Ctrl-C and SIGTERM as cancellation of the one task that runs the command; the second time the process ends. A command
/// that ends what it has begun first takes the first one as a request (``StopRequest``).
package final class Interrupts: Sendable {
    package let stop = StopRequest()

    package init() {}

    private struct State {
        var task: Task<Void, Never>?
        var wasAsked = false
        var signal = SIGINT
    }

    private let state = Mutex(State())

    /// Says what is to be cancelled.
    package func cancel(_ task: Task<Void, Never>) {
        state.withLock {
            $0.task = task
            if $0.wasAsked { task.cancel() }
        }
    }

    /// The number of the signal that interrupted the command.
    package var signal: Int32 { state.withLock { $0.signal } }

    /// Signals end the process at once until this is called. One that whoever started the program lets it ignore, as
    /// `nohup` does, stays ignored.
    package func watch() {
        let queue = DispatchQueue(label: "vocero.signals")
        for number in [SIGINT, SIGTERM, SIGHUP] {
            var before = sigaction()
            guard sigaction(number, nil, &before) == 0, !before.isIgnored else { continue }
            Glibc.signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            // The handler holds its source: it is there as long as the process is.
            source.setEventHandler { withExtendedLifetime(source) { self.interrupt(by: number) } }
            source.resume()
        }
    }

    private func interrupt(by number: Int32) {
        if stop.take() { return }
        state.withLock {
            if $0.wasAsked { _exit(128 + number) }
            $0.wasAsked = true
            $0.signal = number
            $0.task?.cancel()
        }
    }
}

extension sigaction {
    fileprivate var isIgnored: Bool {
        unsafe unsafeBitCast(__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
