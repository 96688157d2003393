package import Application
internal import Git
internal import HookInstall
internal import Settings

/// Carries out hooks in the repository of a context.
package struct HookRunner: Sendable {
    private let context: Context
    /// Told when work begins, and by when it will have ended.
    private let expect: @Sendable (ContinuousClock.Instant) -> Void

    package init(_ context: Context, expect: @escaping @Sendable (ContinuousClock.Instant) -> Void = { _ in }) {
        self.context = context
        self.expect = expect
    }

    /// Does what the hook does, within the deadline counted from `start`.
    ///
    /// - Throws: ``Failure`` or a module's error when it could not be done; that a model gave nothing is in the outcome.
    package func run(_ call: HookCall, since start: ContinuousClock.Instant = .now) async throws -> HookOutcome {
        if let problem = context.repositoryProblem { throw problem }
        guard let repository = context.repository else {
            throw Failure(.noInput, "\(context.directory) is not in a git repository: hooks need one")
        }
        guard context.settings.hooks.isEnabled || !call.isCalledByGit else { return .done }
        let limit = call.isCalledByGit ? context.settings.hooks.deadline : context.settings.limits.duration
        expect(start + (call.name.isWaitedFor ? limit : BackgroundHook.longestJob))
        if call.isCalledByGit, !call.name.isWaitedFor {
            try HookLog.detach(
                home: context.settings.places.home, hook: call.name.rawValue, directory: context.directory)
        }
        let run = HookRun(
            call: call, context: context,
            hook: try await context.hookContext(of: repository, HookDeadline(total: limit, start: start)))
        return call.showsPayload ? try await payload(run) : try await answer(run)
    }

    /// The latest digest of what came in.
    package func lastDigest() throws -> LastDigest {
        if let problem = context.repositoryProblem { throw problem }
        guard let repository = context.repository else {
            throw Failure(.noInput, "\(context.directory) is not in a git repository")
        }
        guard let last = LastDigestFile(directory: context.hookDirectory(of: repository)).read() else {
            throw Failure(
                .noInput, "nothing has come in since the hooks are here; `vocero hook status` says which are")
        }
        return last
    }

    private func answer(_ run: HookRun) async throws -> HookOutcome {
        switch run.call.name {
        case .prepareCommitMessage:
            let hook = DraftHook(run: run)
            guard let path = run.call.arguments.first else { return .draft(try await hook.draft()) }
            let source = run.call.arguments.dropFirst().first ?? ""
            return try await hook.write(into: path, source: source).map(HookOutcome.written) ?? .done
        case .commitMessage:
            return switch try await RemarkHook(run: run).answer() {
            case .done: .done
            case .remark(let remark): .remark(remark)
            case .refused: .refused
            }
        case .prePush: return try await PushHook(run: run).answer().map(HookOutcome.push) ?? .done
        case .postCommit, .postMerge, .postRewrite, .postCheckout:
            return try await BackgroundHook(run: run, expect: expect).answer().map(HookOutcome.incoming) ?? .done
        }
    }

    private func payload(_ run: HookRun) async throws -> HookOutcome {
        let payload: HookPayload? =
            switch run.call.name {
            case .prepareCommitMessage: try await DraftHook(run: run).payload()
            case .commitMessage: try await RemarkHook(run: run).payload()
            case .prePush: try await PushHook(run: run).payload()
            case .postCommit, .postMerge, .postRewrite, .postCheckout:
                try await BackgroundHook(run: run, expect: expect).payload()
            }
        return payload.map(HookOutcome.payload) ?? .done
    }
}
