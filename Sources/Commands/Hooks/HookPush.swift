internal import Assistant
internal import Git
internal import Hooks
internal import JSON
internal import OpenAI
internal import Redaction
internal import Settings

/// pre-push: what goes out and what to look at again, on stderr for git, on stdout by hand.
struct HookPush: Sendable {
    let place: HookPlace

    /// `arguments` are the remote's name and URL; git writes the references to stdin.
    func run(arguments: [String], range: String?) async throws {
        let remote = Self.shownRemote(arguments)
        let updates = if let range { [try await update(of: range)] } else { try await updatesFromInput() }
        guard !updates.isEmpty else {
            if place.isCalledByGit { return }
            throw CommandFailure(
                .usage, "pre-push reads references from stdin as git writes them; by hand give --range main..HEAD")
        }
        let review = try await PushReview.read(
            updates, remote: remote, repository: place.hook.repository, reading: place.hook.reading,
            deadline: place.hook.deadline)
        if place.showsPayload {
            let capture = PayloadCapture(name: place.modelName)
            _ = await HookSummary.ofPush(review, place.hook.capturing(capture))
            return try place.showPayload(capture)
        }
        guard !review.parts.isEmpty || !review.gaps.isEmpty else { return }
        let summary = review.commitCount > 0 ? await HookSummary.ofPush(review, place.hook) : HookSummary()
        try show(review, summary)
    }

    private func show(_ review: PushReview, _ summary: HookSummary) throws {
        if place.json { return try place.console.writeLine(Self.json(review, summary).text(pretty: true)) }
        var lines = review.lines.map { place.context.redactor.redacted($0) }
        if let text = summary.text { lines += [""] + text.split(separator: "\n").map(String.init) }
        if place.isCalledByGit {
            for line in lines { place.console.notice(line) }
        } else {
            try place.console.writeLine(lines.joined(separator: "\n"))
        }
        if let failure = summary.failure { place.console.notice("no summary by a model: \(failure)") }
    }

    private func updatesFromInput() async throws -> [PushUpdate] {
        guard !place.console.inputIsTerminal else { return [] }
        return PushUpdate.read(try await InputText.standardInput(place.console) ?? "")
    }

    private func update(of range: String) async throws -> PushUpdate {
        guard case .between(let from, let to) = try place.range(range) else { throw CommandFailure(.usage, range) }
        let local = try await place.hook.repository.resolve(to)
        let known: ObjectID? =
            if let from { try await place.hook.repository.resolve(from) } else { nil }
        return PushUpdate(
            localReference: to, local: local, remoteReference: to, remote: known)
    }

    /// The name; a URL without what may be a password in it.
    private static func shownRemote(_ arguments: [String]) -> String {
        guard let name = arguments.first, !name.isEmpty else { return "" }
        guard name.contains("://"), let at = name.lastIndex(of: "@"), let scheme = name.firstRange(of: "://") else {
            return name
        }
        return scheme.upperBound < at ? name[..<scheme.upperBound] + String(name[name.index(after: at)...]) : name
    }

    private static func json(_ review: PushReview, _ summary: HookSummary) -> JSON {
        let parts = review.parts.map { part -> JSON in
            [
                "reference": .string(part.update.remoteReference),
                "from": part.update.remote.map { .string($0.hex) } ?? .null,
                "to": part.update.local.map { .string($0.hex) } ?? .null,
                "commits": .array(
                    part.commits.map { commit in
                        [
                            "id": .string(commit.id.hex), "subject": .string(commit.subject),
                            "author": .string(commit.author.name),
                        ]
                    }),
                "has_more_commits": .bool(part.hasMoreCommits),
                "files": .integer(part.change.map { $0.count } ?? 0),
                "risks": .array(
                    part.risks.map { ["kind": .string($0.kind.rawValue), "detail": .string($0.detail)] }),
            ]
        }
        return [
            "remote": .string(review.remote), "updates": .array(parts),
            "gaps": .array(review.gaps.map { .string($0) }), "summary": summary.text.map(JSON.string) ?? .null,
            "reason": summary.failure.map(JSON.string) ?? .null,
        ]
    }
}
