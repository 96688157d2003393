internal import Concurrency
internal import Dispatch
internal import Glibc
internal import Synchronization

/// Ends the process when a hook is not done in time, whatever it hangs in: git goes on as if there were no hook.
final class HookWatchdog: Sendable {
    private let queue = DispatchQueue(label: "vocero.hook.watchdog")
    private let round = Mutex(0)
    private let hook: String

    init(hook: String) { self.hook = hook }

    /// The latest word counts.
    func expect(until end: ContinuousClock.Instant) {
        let mine = round.withLock { round in
            round += 1
            return round
        }
        let milliseconds = max(0, Int((end - .now).milliseconds))
        queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
            guard round.withLock({ $0 == mine }) else { return }
            let line = "vocero: \(hook) took too long and was given up; git goes on without it\n"
            _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
            _exit(0)
        }
    }
}
