internal import Dispatch
internal import Glibc
internal import Synchronization

/// Ends the process when a hook is not done in time, whatever it hangs in: git goes on as if there were no hook.
final class HookWatchdog: Sendable {
    private let queue = DispatchQueue(label: "vocero.hook.watchdog")
    private let round = Mutex(0)
    private let hook: String

    init(hook: String) { self.hook = hook }

    /// Counts from now; the latest word counts.
    func expect(within limit: Duration) {
        let mine = round.withLock { round in
            round += 1
            return round
        }
        let milliseconds = Int(limit.milliseconds)
        queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
            guard round.withLock({ $0 == mine }) else { return }
            let line = "vocero: \(hook) was given up after \(milliseconds) ms\n"
            _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
            _exit(0)
        }
    }
}
