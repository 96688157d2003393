/// The ranges that hooks ask for, through the git program: libgit2 knows no `--remotes`, and a hook is run by git, so
/// it is there.
extension Repository {
    /// What a push of `local` brings to a remote: commits that neither the remote's reference, if it is known here,
    /// nor any of its remote-tracking branches reaches.
    ///
    /// - Parameters:
    ///   - local: What is pushed.
    ///   - remote: The remote's name; a URL, when the push went to one, has no tracking branches.
    ///   - known: What the remote's reference points at; nil when it is new.
    ///   - others: What goes out beside it and is told already.
    ///   - limit: No more commits are listed.
    /// - Returns: The commits, newest first.
    /// - Throws: `failed` with git's complaint.
    package func commitsToPush(
        _ local: ObjectID, to remote: String, known: ObjectID?, besides others: [ObjectID] = [], limit: Int = 200
    ) async throws(GitError) -> CommitsBetween {
        var without: [String] = []
        var hasKnown = false
        if let known { hasKnown = try await hasCommit(known) }
        if let known, hasKnown { without.append("^" + known.hex) }
        let isName = !remote.isEmpty && !remote.contains { ":*?[\\^~ ".contains($0) }
        without += others.map { "^" + $0.hex }
        if isName { without += ["--not", "--remotes=\(remote)"] }
        let (commits, hasMore) = try await listed([local.hex] + without, limit: limit)
        if let known, hasKnown, others.isEmpty, try await isAncestor(known, of: local) {
            return CommitsBetween(commits: commits, hasMore: hasMore, base: known)
        }
        let shared = (hasKnown ? [known].compactMap(\.self) : []) + others
        let base = try await latestShared(local, with: remote, isName: isName, known: shared)
        return CommitsBetween(commits: commits, hasMore: hasMore, base: base)
    }

    /// The commits of `A..B`.
    package func commits(from: String?, to: String, limit: Int = 200) async throws(GitError) -> CommitsBetween {
        var range = [try await resolve(to).hex]
        var base: ObjectID?
        if let from {
            let id = try await resolve(from)
            range.append("^" + id.hex)
            base = id
        }
        let (commits, hasMore) = try await listed(range, limit: limit)
        return CommitsBetween(commits: commits, hasMore: hasMore, base: base)
    }

    private func listed(_ range: [String], limit: Int) async throws(GitError) -> (commits: [Commit], hasMore: Bool) {
        let output = try await program.output(
            ["log", "-z", "--date=raw", "--topo-order", Self.commitFormat, "--max-count=\(limit + 1)"] + range + ["--"],
            doing: "list the commits")
        let found = output.records.compactMap { ProgramFormat.commit($0) }
        return (Array(found.prefix(limit)), found.count > limit)
    }

    /// The best common commit of what is pushed and everything that the remote is known to have; nil when they share
    /// nothing.
    private func latestShared(
        _ local: ObjectID, with remote: String, isName: Bool, known: [ObjectID]
    ) async throws(GitError) -> ObjectID? {
        var others = known.map(\.hex)
        if isName {
            let references = try await program.run(
                ["for-each-ref", "--format=%(objectname)", "--count=200", "refs/remotes/\(remote)"])
            others += references.text.split(separator: "\n").map { String($0) }
        }
        guard !others.isEmpty else { return nil }
        let found = try await program.run(["merge-base", local.hex] + others)
        return ObjectID(hex: String(found.text.prefix { $0 != "\n" }))
    }

    /// Whether a commit's object is here.
    package func hasCommit(_ id: ObjectID) async throws(GitError) -> Bool {
        try await program.run(["cat-file", "-e", id.hex + "^{commit}"]).isSuccess
    }

    /// Whether `older` is reachable from `newer`.
    package func isAncestor(_ older: ObjectID, of newer: ObjectID) async throws(GitError) -> Bool {
        try await program.run(["merge-base", "--is-ancestor", older.hex, newer.hex]).isSuccess
    }

    /// Where HEAD was, newest first.
    package func headLog(limit: Int = 1_000) async throws(GitError) -> [ReflogEntry] {
        let output = try await program.run(
            ["reflog", "show", "-z", "--format=%H%x1f%gs", "--max-count=\(limit)", "HEAD", "--"])
        return output.records.compactMap { record in
            let fields = ProgramFormat.fields(record, maxSplits: 1)
            guard fields.count == 2, let id = ObjectID(hex: fields[0]) else { return nil }
            return ReflogEntry(commit: id, reason: fields[1])
        }
    }
}
