package import Git

/// What came into a branch, as two commits.
package struct IncomingRange: Sendable, Hashable {
    package let branch: String?
    package let from: ObjectID
    package let to: ObjectID
    /// Commits of one's own that a rebase has written anew: they did not come in.
    package var own: [ObjectID]

    package init(branch: String?, from: ObjectID, to: ObjectID, own: [ObjectID] = []) {
        self.branch = branch
        self.from = from
        self.to = to
        self.own = own
    }

    /// After a merge: from where the branch was before it. Nil after `merge --squash`, which has made no commit.
    package static func afterMerge(_ repository: Repository, isSquash: Bool) async throws(GitError) -> IncomingRange? {
        if isSquash { return nil }
        return try await sinceOrigin(repository, own: [])
    }

    /// After a rebase; `lines` are `OLD NEW [EXTRA]`, as git writes them.
    package static func afterRewrite(_ repository: Repository, lines: String) async throws(GitError) -> IncomingRange? {
        let own = lines.split(whereSeparator: \.isNewline).compactMap { line in
            line.split(separator: " ").dropFirst().first.flatMap { ObjectID(hex: String($0)) }
        }
        return try await sinceOrigin(repository, own: own)
    }

    /// After a switch to a branch: from where the branch was when HEAD last left it. Nil when it was never here.
    package static func afterCheckout(_ repository: Repository) async throws(GitError) -> IncomingRange? {
        let head = try await repository.head()
        guard let branch = head.branch, let now = head.commit else { return nil }
        let log = try await repository.headLog()
        // An entry tells where HEAD went; where it was is in the entry below.
        for (entry, below) in zip(log.dropFirst(), log.dropFirst(2))
        where entry.reason.hasPrefix("checkout: moving from \(branch) to ") {
            return below.commit == now ? nil : IncomingRange(branch: branch, from: below.commit, to: now)
        }
        return nil
    }

    private static func sinceOrigin(
        _ repository: Repository, own: [ObjectID]
    ) async throws(GitError) -> IncomingRange? {
        let head = try await repository.head()
        guard let now = head.commit else { return nil }
        let before: ObjectID
        do throws(GitError) {
            before = try await repository.resolve("ORIG_HEAD")
        } catch {
            guard error.kind == .notFound else { throw error }
            return nil
        }
        return before == now ? nil : IncomingRange(branch: head.branch, from: before, to: now, own: own)
    }
}
