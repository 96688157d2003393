internal import Application
internal import Git
internal import Redaction

/// pre-push: what goes out and what to look at again.
struct PushHook: Sendable {
    let run: HookRun

    /// Nil when git has nothing to push.
    func payload() async throws -> HookPayload? {
        guard let review = try await review() else { return nil }
        return try await run.payload { _ = await HookSummary.ofPush(review, $0) }
    }

    /// Nil where nothing goes out that could be looked at.
    func answer() async throws -> PushOutcome? {
        guard let review = try await review(), !review.parts.isEmpty || !review.gaps.isEmpty else { return nil }
        let summary = review.commitCount > 0 ? await HookSummary.ofPush(review, run.hook) : HookSummary()
        var lines = review.lines.map { run.context.redactor.redacted($0) }
        if let text = summary.text { lines += [""] + text.split(separator: "\n").map(String.init) }
        return PushOutcome(review: review, summary: summary, lines: lines)
    }

    /// Nil when git has nothing to push.
    private func review() async throws -> PushReview? {
        let remote = Self.shownRemote(run.call.arguments)
        let updates =
            if let range = run.call.range { [try await update(of: range)] } else {
                PushUpdate.read(try await run.call.input() ?? "")
            }
        guard !updates.isEmpty else {
            if run.call.isCalledByGit { return nil }
            throw Failure(
                .usage, "pre-push reads references from stdin as git writes them; by hand give --range main..HEAD")
        }
        return try await PushReview.read(
            updates, remote: remote, repository: run.hook.repository, reading: run.hook.reading,
            deadline: run.hook.deadline)
    }

    private func update(of range: String) async throws -> PushUpdate {
        guard case .between(let from, let to) = try ChangeRange(words: range) else { throw Failure(.usage, range) }
        let local = try await run.hook.repository.resolve(to)
        let known: ObjectID? =
            if let from { try await run.hook.repository.resolve(from) } else { nil }
        return PushUpdate(localReference: to, local: local, remoteReference: to, remote: known)
    }

    /// The name; a URL without what may be a password in it.
    private static func shownRemote(_ arguments: [String]) -> String {
        guard let name = arguments.first, !name.isEmpty else { return "" }
        guard name.contains("://"), let at = name.lastIndex(of: "@"), let scheme = name.firstRange(of: "://") else {
            return name
        }
        return scheme.upperBound < at ? name[..<scheme.upperBound] + String(name[name.index(after: at)...]) : name
    }
}
