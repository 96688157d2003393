internal import CCurl
internal import Synchronization

/// The way to the event thread. The thread starts with the first transfer and ends when the client, its
/// requests and its streams have let go of this.
final class TransferLoop: Sendable {
    private let inbox = TransferInbox()

    deinit { inbox.post(.stop) }

    func start(_ plan: TransferPlan) throws(HTTPError) {
        try inbox.startThread()
        inbox.post(.start(plan))
    }

    /// Stops the transfer, whatever it is doing.
    func cancel(_ exchange: Exchange) { inbox.post(.cancel(exchange)) }

    /// Lets a transfer go on that waits for its reader.
    func resume(_ exchange: Exchange) { inbox.post(.resume(exchange)) }
}

/// What tasks ask of the event thread.
enum TransferCommand: Sendable {
    case start(TransferPlan)
    case cancel(Exchange)
    case resume(Exchange)
    case stop
}

/// The commands that wait for the event thread, and the multi handle that wakes it.
final class TransferInbox: Sendable {
    @safe private struct State {
        var commands: [TransferCommand] = []
        /// Set while the thread runs. `curl_multi_wakeup` is the one call that other threads may make; the lock
        /// keeps it from a handle that is being cleaned up.
        var multi: UnsafeMutableRawPointer?
    }

    private let state = Mutex(State())

    func post(_ command: TransferCommand) {
        state.withLock { state in
            guard let multi = unsafe state.multi else { return }
            state.commands.append(command)
            unsafe curl_multi_wakeup(multi)
        }
    }

    func takeCommands() -> [TransferCommand] {
        state.withLock { state in
            defer { state.commands.removeAll(keepingCapacity: true) }
            return state.commands
        }
    }

    /// Starts the event thread unless it runs.
    func startThread() throws(HTTPError) {
        try state.withLock { state throws(HTTPError) in
            guard unsafe state.multi == nil else { return }
            guard CurlLibrary.isReady, let multi = unsafe curl_multi_init() else {
                throw HTTPError(.protocolViolation, "libcurl cannot be initialised.")
            }
            // The default keeps four connections for each transfer that runs, and so closes them after a burst.
            _ = unsafe vocero_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, 128)
            guard unsafe EventThread.start(multi: multi, inbox: self) else {
                unsafe curl_multi_cleanup(multi)
                throw HTTPError(.protocolViolation, "No thread could be started for HTTP.")
            }
            unsafe state.multi = multi
        }
    }

    /// Called by the thread before it cleans the handle up.
    func close() {
        state.withLock { unsafe $0.multi = nil }
    }
}
