package import Git
internal import Redaction

/// What a push brings to a remote: commits, authors, files, risks.
package struct PushReview: Sendable {
    /// One reference of the push.
    package struct Part: Sendable {
        package let update: PushUpdate
        package let commits: [Commit]
        package let hasMoreCommits: Bool
        package let change: ChangeSet?
        package let risks: [ChangeRisk]
    }

    package let remote: String
    package let parts: [Part]
    /// What was not looked at, and why: a sentence each.
    package let gaps: [String]

    package var commitCount: Int { parts.map(\.commits.count).reduce(0, +) }
    package var risks: [ChangeRisk] { parts.flatMap(\.risks) }

    /// Commits of which every patch is looked through for secrets, and the bytes of all of them.
    private static let mostScanned = 100
    private static let mostBytes = 4 << 20

    /// Reads what each update brings. Deletions bring nothing and have no part.
    package static func read(
        _ updates: [PushUpdate], remote: String, repository: Repository, reading: ChangeReading,
        deadline: HookDeadline
    ) async throws(GitError) -> PushReview {
        var parts: [Part] = []
        var gaps: [String] = []
        var told: [ObjectID] = []
        for update in updates {
            guard let local = update.local else { continue }
            guard let target = try? await repository.resolve(local.hex) else {
                gaps.append("\(update.name) is no commit")
                continue
            }
            let outgoing = try await repository.commitsToPush(
                target, to: remote, known: update.remote, besides: told)
            told.append(target)
            let fresh = outgoing.commits
            var risks: [ChangeRisk] = []
            if let known = update.remote, !update.isTag, try await !replaces(known, by: target, in: repository) {
                risks.append(
                    ChangeRisk(.force, "\(update.name) leaves \(known.short) behind, which the remote has"))
            }
            var change: ChangeSet?
            if !fresh.isEmpty {
                change = try await reading.read(.between(outgoing.base?.hex, target.hex))
                let scan = try await secrets(in: fresh, repository, reading, deadline)
                risks += scan.risks
                let left = fresh.count - scan.scanned
                if left > 0 { gaps.append("secrets in \(left) of \(fresh.count) commits of \(update.name)") }
                risks += ChangeRisk.of(change?.files ?? []) + ChangeRisk.of(fresh)
            }
            parts.append(
                Part(
                    update: update, commits: fresh, hasMoreCommits: outgoing.hasMore, change: change, risks: risks))
        }
        return PushReview(remote: remote, parts: parts, gaps: gaps)
    }

    /// A commit that is not here can only be left behind: somebody else pushed it.
    private static func replaces(
        _ known: ObjectID, by local: ObjectID, in repository: Repository
    ) async throws(GitError) -> Bool {
        guard try await repository.hasCommit(known) else { return false }
        return try await repository.isAncestor(known, of: local)
    }

    private static func secrets(
        in commits: [Commit], _ repository: Repository, _ reading: ChangeReading, _ deadline: HookDeadline
    ) async throws(GitError) -> (risks: [ChangeRisk], scanned: Int) {
        var risks: [ChangeRisk] = []
        var room = mostBytes
        for (index, commit) in commits.enumerated() {
            // The rest of the time is for what is said of the push.
            let hasTime = index == 0 || deadline.remaining > deadline.total / 3
            guard index < mostScanned, room > 0, hasTime else { return (risks, index) }
            // What a merge brings is in the commits that it merges.
            if commit.parents.count > 1 { continue }
            let most = room
            let reads = try await repository.changes(.between(commit.parents.first?.hex, commit.id.hex)) { entries in
                var bytes = 0
                return entries.map { entry in
                    bytes += entry.sizeInBytes ?? most
                    return entry.kind != .deleted && bytes <= most ? .patch : .nothing
                }
            }
            for patch in reads.compactMap(\.patch) {
                room -= patch.utf8.count
                risks += ChangeRisk.secrets(in: patch, commit: commit, redactor: reading.redactor)
            }
        }
        return (risks, commits.count)
    }
}
