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

    /// The new ids of `OLD NEW [EXTRA]` lines, as git writes them to post-rewrite.
    package static func rewritten(_ lines: String) -> [ObjectID] {
        lines.split(whereSeparator: \.isNewline).compactMap { line in
            line.split(separator: " ").dropFirst().first.flatMap { ObjectID(hex: String($0)) }
        }
    }

    /// After a merge or a rebase: from where HEAD was before it, as the caller knows or ORIG_HEAD says.
    package static func since(
        _ ends: (before: ObjectID?, now: ObjectID?), in repository: Repository, own: [ObjectID]
    ) async throws(GitError) -> IncomingRange? {
        let head = try await repository.head()
        guard let now = ends.now ?? head.commit else { return nil }
        var before = ends.before
        if before == nil {
            do throws(GitError) {
                before = try await repository.resolve("ORIG_HEAD")
            } catch {
                guard error.kind == .notFound else { throw error }
            }
        }
        guard let before, before != now else { return nil }
        return IncomingRange(branch: head.branch, from: before, to: now, own: own)
    }

    /// After a switch to a branch: from where the branch was when HEAD last left it. Nil when it was never here.
    ///
    /// `from` and `to` are what git said to the hook; the latest switch when it said nothing.
    package static func afterCheckout(
        _ repository: Repository, from: ObjectID? = nil, to: ObjectID? = nil
    ) async throws(GitError) -> IncomingRange? {
        var log = try await repository.headLog()[...]
        let front = "checkout: moving from "
        // An entry tells where HEAD went; where it was is in the entry below.
        while let entry = log.popFirst() {
            guard entry.reason.hasPrefix(front), to.map({ $0 == entry.commit }) ?? true,
                from.map({ $0 == log.first?.commit }) ?? true, let words = entry.reason.firstRange(of: " to ")
            else { continue }
            let branch = String(entry.reason[words.upperBound...])
            let left = zip(log, log.dropFirst()).first { older, _ in older.reason.hasPrefix("\(front)\(branch) to ") }
            guard let left, left.1.commit != entry.commit else { return nil }
            return IncomingRange(branch: branch, from: left.1.commit, to: entry.commit)
        }
        return nil
    }
}
