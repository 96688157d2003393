internal import Application
internal import Assistant
internal import FoundationEssentials
internal import Git
internal import HookInstall
internal import Redaction

/// post-merge, post-rewrite and post-checkout: what came into a branch, kept for `vocero hook last`.
struct IncomingHook: Sendable {
    let run: HookRun

    /// A digest may take so long; nobody waits for it.
    private static let patience = Duration.seconds(60)

    /// Nil when nothing came in.
    func range() async throws -> IncomingRange? {
        let repository = run.hook.repository
        let arguments = run.call.arguments
        if let words = run.call.range {
            guard case .between(let from?, let to) = try ChangeRange(words: words) else { return nil }
            return IncomingRange(
                branch: try await repository.head().branch, from: try await repository.resolve(from),
                to: try await repository.resolve(to))
        }
        switch run.call.name {
        case .postMerge where arguments.first != "1":
            return try await .since(origin(arguments), in: repository, own: [])
        case .postRewrite where arguments.first == "rebase" || !run.call.isCalledByGit:
            return try await .since(
                origin(arguments), in: repository,
                own: IncomingRange.rewritten(try await run.call.input() ?? ""))
        case .postCheckout:
            return try await .afterCheckout(
                repository, from: arguments.first.flatMap { ObjectID(hex: $0) },
                to: arguments.dropFirst().first.flatMap { ObjectID(hex: $0) })
        default: return nil
        }
    }

    /// Where ORIG_HEAD and HEAD were when the hook was called: the script says so behind its first argument.
    private func origin(_ arguments: [String]) -> (before: ObjectID?, now: ObjectID?) {
        let ids = arguments.dropFirst().map { ObjectID(hex: $0) }
        return (ids.first ?? nil, ids.dropFirst().first ?? nil)
    }

    /// The digest of the range, with a model's summary over it where one is configured; nil when nothing came in.
    func digest(_ range: IncomingRange, of hook: HookName, _ journal: any Journal) async throws -> LastDigest? {
        guard let digest = try await read(range) else { return nil }
        var asking = run.hook
        asking.journal = journal
        asking.deadline = HookDeadline(total: Self.patience)
        let summary = await HookSummary.ofIncoming(digest, asking)
        if let failure = summary.failure { run.reporter.notice("no summary by a model: \(failure)") }
        let own = TerminalText.sanitized(run.context.redactor.redacted(digest.text))
        let text = summary.text.map { "\($0)\n\n\(own)" } ?? own
        let last = LastDigest(
            hook: hook.rawValue, branch: range.branch, from: range.from.hex, to: range.to.hex,
            time: Int(Date.now.timeIntervalSince1970), model: summary.text == nil ? nil : asking.model?.name, text: text
        )
        try LastDigestFile(directory: run.directory).keep(last)
        return last
    }

    func payload(of range: IncomingRange) async throws -> HookPayload {
        let digest = try await read(range)
        return try await run.payload { hook in
            if let digest { _ = await HookSummary.ofIncoming(digest, hook) }
        }
    }

    private func read(_ range: IncomingRange) async throws -> IncomingDigest? {
        try await IncomingDigest.read(range, repository: run.hook.repository, reading: run.hook.reading)
    }
}
