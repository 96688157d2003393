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
    ///   - limit: No more commits are listed.
    /// - Returns: The commits, newest first.
    /// - Throws: `failed` with git's complaint.
    package func commitsToPush(
        _ local: ObjectID, to remote: String, known: ObjectID?, limit: Int = 200
    ) async throws(GitError) -> CommitsBetween {
        var without: [String] = []
        if let known, try await hasCommit(known) { without.append("^" + known.hex) }
        let isName = !remote.isEmpty && !remote.contains { ":*?[\\^~ ".contains($0) }
        if isName { without += ["--not", "--remotes=\(remote)"] }
        return try await commitsBetween([local.hex] + without, limit: limit)
    }

    /// The commits of `A..B`.
    package func commits(from: String?, to: String, limit: Int = 200) async throws(GitError) -> CommitsBetween {
        var range = [try await resolve(to).hex]
        if let from { range.append("^" + (try await resolve(from).hex)) }
        return try await commitsBetween(range, limit: limit)
    }

    private func commitsBetween(_ range: [String], limit: Int) async throws(GitError) -> CommitsBetween {
        let output = try await program.output(
            ["log", "-z", "--date=raw", "--topo-order", Self.commitFormat, "--max-count=\(limit + 1)"] + range + ["--"],
            doing: "list the commits")
        let found = output.records.compactMap { ProgramFormat.commit($0) }
        let commits = Array(found.prefix(limit))
        let inside = Set(found.map(\.id))
        let base = commits.last?.parents.first { !inside.contains($0) }
        return CommitsBetween(commits: commits, hasMore: found.count > limit, base: base)
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
