internal import Application
internal import Assistant
internal import FoundationEssentials
internal import Git
internal import Glibc
internal import HookInstall
internal import Hooks
internal import OpenAI
internal import Redaction
internal import Settings

/// Carries out one `vocero hook run`. Called by git it is never in the way: whatever of ours fails is one line on
/// stderr and exit status 0.
struct HookRunning: Sendable {
    let command: HookRunCommand
    /// The installed scripts set it; what a person types has it not.
    let isCalledByGit: Bool

    init(command: HookRunCommand) {
        self.command = command
        isCalledByGit = Context.environment["VOCERO_HOOK"].map { !$0.isEmpty } ?? false
    }

    func run() async throws {
        guard isCalledByGit else { return try await answer(watchdog: nil, since: .now) }
        // The scripts look at it, too; other managers may call without them.
        guard Context.environment["VOCERO"] != "0" else { return }
        let start = ContinuousClock.now
        let watchdog = HookWatchdog(hook: command.name.rawValue)
        watchdog.expect(until: start + .seconds(8))
        do {
            try await answer(watchdog: watchdog, since: start)
        } catch let ended as Ended where ended.status == .failed {
            throw ended
        } catch is Ended {
            // Everything was said.
        } catch {
            // Nobody sees the stderr of what git does not wait for: it goes where the log is, unless it goes there already.
            let home = Settings.usualHome(environment: Context.environment, isRoot: geteuid() == 0)
            if !command.name.isWaitedFor, !HookLog.isOpen, let home {
                try? HookLog.detach(
                    home: home, hook: command.name.rawValue, directory: command.options.directory ?? ".")
            }
            let console = Console(environment: Context.environment, verbose: command.options.verbose)
            console.fail(Failure(any: error).logged(by: SecretRedactor()))
        }
    }

    private func answer(watchdog: HookWatchdog?, since start: ContinuousClock.Instant) async throws {
        let context = try await Context.make(
            command.options, isHook: isCalledByGit, survivesMistakes: isCalledByGit && command.name.isWaitedFor)
        if let problem = context.repositoryProblem { throw problem }
        guard let repository = context.repository else {
            throw Failure(.noInput, "\(context.directory) is not in a git repository: hooks need one")
        }
        guard context.settings.hooks.isEnabled || !isCalledByGit else { return }
        let limit = isCalledByGit ? context.settings.hooks.deadline : context.settings.limits.duration
        watchdog?.expect(until: start + (command.name.isWaitedFor ? limit : HookBackground.longestJob))
        if isCalledByGit, !command.name.isWaitedFor {
            try HookLog.detach(
                home: context.settings.places.home, hook: command.name.rawValue, directory: context.directory)
        }
        let place = HookPlace(
            context: context,
            hook: try await context.hookContext(of: repository, HookDeadline(total: limit, start: start)),
            isCalledByGit: isCalledByGit, showsPayload: command.showPayload, json: command.json, watchdog: watchdog)
        let (arguments, range) = (command.arguments, command.range)
        switch command.name {
        case .prepareCommitMessage: try await HookDrafting(place: place).run(arguments: arguments, range: range)
        case .commitMessage: try await HookRemark(place: place).run(arguments: arguments, range: range)
        case .prePush: try await HookPush(place: place).run(arguments: arguments, range: range)
        case .postCommit, .postMerge, .postRewrite, .postCheckout:
            try await HookBackground(place: place).run(command.name, arguments: arguments, range: range)
        }
    }
}

/// What every hook works with.
struct HookPlace: Sendable {
    let context: Context
    let hook: HookContext
    let isCalledByGit: Bool
    let showsPayload: Bool
    let json: Bool
    /// Nil by hand.
    let watchdog: HookWatchdog?

    var console: Console { context.console }

    /// Also where no endpoint is configured: the model that would be asked.
    var modelName: String {
        context.settings.all.first { $0.name == "chat.model" }?.display ?? context.chatModel().name
    }

    var queue: HookQueue { HookQueue(directory: context.hookDirectory(of: hook.repository)) }

    /// `A..B` as two commits.
    func range(_ text: String) throws -> ChangeRange {
        guard let dots = text.firstRange(of: "...") ?? text.firstRange(of: "..") else {
            throw Failure(.usage, "\(text) is no range; write two commits, such as main..HEAD")
        }
        let from = String(text[..<dots.lowerBound])
        let to = String(text[dots.upperBound...])
        return .between(from.isEmpty ? "HEAD" : from, to.isEmpty ? "HEAD" : to)
    }

    /// Prints what the capture got as the endpoint would get it.
    func showPayload(_ capture: PayloadCapture) throws {
        let model = context.hookModel ?? OpenAIChatModel(client: context.unusedClient, model: capture.name)
        for request in capture.requests { try console.writeLine(model.payload(of: request)) }
        if context.settings.chat.endpoint == nil {
            console.notice("no endpoint is configured: nothing of this is ever sent")
        } else if capture.requests.isEmpty {
            console.notice("nothing would be sent")
        }
    }
}
