internal import Concurrency
internal import Dispatch
internal import Synchronization

/// Gives a hook up that is not done in time, whatever it hangs in: git goes on as if there were no hook.
final class HookWatchdog: Sendable {
    private let queue = DispatchQueue(label: "vocero.hook.watchdog")
    private let round = Mutex(0)
    private let hook: String
    private let giveUp: @Sendable (String) -> Void

    init(hook: String, giveUp: @escaping @Sendable (String) -> Void) {
        self.hook = hook
        self.giveUp = giveUp
    }

    /// The latest word counts.
    func expect(until end: ContinuousClock.Instant) {
        let mine = round.withLock { round in
            round += 1
            return round
        }
        let milliseconds = max(0, Int((end - .now).milliseconds))
        queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
            guard round.withLock({ $0 == mine }) else { return }
            giveUp("\(hook) took too long and was given up; git goes on without it")
        }
    }
}
