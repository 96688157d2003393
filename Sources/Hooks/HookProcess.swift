package import Application
internal import Glibc
internal import HookInstall
internal import Redaction
internal import Settings

/// One process that carries out a hook. Called by git it is never in the way: whatever of ours fails is one line, and
/// git goes on.
package struct HookProcess: Sendable {
    /// From `-C`; the working directory otherwise.
    private let directory: String?
    private let reporter: any Reporter
    private let giveUp: @Sendable (String) -> Void

    /// The installed scripts set it; what a person types has it not.
    package static var isCalledByGit: Bool { Context.environment["VOCERO_HOOK"].map { !$0.isEmpty } ?? false }

    /// `giveUp` is given a sentence when a hook that git called is not done in time, whatever it hangs in: it ends the
    /// process.
    package init(directory: String?, reporter: any Reporter, giveUp: @escaping @Sendable (String) -> Void) {
        self.directory = directory
        self.reporter = reporter
        self.giveUp = giveUp
    }

    package func run(_ call: HookCall) async throws -> HookOutcome {
        guard call.isCalledByGit else { return try await answer(call, watchdog: nil, since: .now) }
        // The scripts look at it, too; other managers may call without them.
        guard Context.environment["VOCERO"] != "0" else { return .done }
        let start = ContinuousClock.now
        let watchdog = HookWatchdog(hook: call.name.rawValue, giveUp: giveUp)
        watchdog.expect(until: start + .seconds(8))
        do {
            return try await answer(call, watchdog: watchdog, since: start)
        } catch {
            openLog(for: call.name)
            return .givenUp(Failure(any: error).logged(by: SecretRedactor()))
        }
    }

    private func answer(
        _ call: HookCall, watchdog: HookWatchdog?, since start: ContinuousClock.Instant
    ) async throws -> HookOutcome {
        let context = try await Context.make(
            directory: directory, reporter: reporter, isHook: call.isCalledByGit,
            survivesMistakes: call.isCalledByGit && call.name.isWaitedFor)
        return try await HookRunner(context) { watchdog?.expect(until: $0) }.run(call, since: start)
    }

    /// Nobody sees the stderr of what git does not wait for: it goes where the log is, unless it goes there already.
    private func openLog(for hook: HookName) {
        let home = Settings.usualHome(environment: Context.environment, isRoot: geteuid() == 0)
        guard !hook.isWaitedFor, !HookLog.isOpen, let home else { return }
        try? HookLog.detach(home: home, hook: hook.rawValue, directory: directory ?? ".")
    }
}
