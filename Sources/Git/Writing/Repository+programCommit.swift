internal import Files
internal import FoundationEssentials

extension Repository {
    /// Why the git program must make commits here; nil when libgit2 can.
    nonisolated var commitReason: String? {
        if let reason = programReason(forWorkTree: true) { return reason }
        let hooks: Set<String> = [
            "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "reference-transaction",
            "post-index-change",
        ]
        if let hook = traits.hooks.first(where: { hooks.contains($0) }) { return "the hook \(hook)" }
        if traits.signsCommits { return "commit.gpgsign" }
        if let operation = pendingOperation { return "a \(operation.rawValue) that was begun" }
        return nil
    }

    /// What git would commit, looked at in an index of its own.
    func preparedByProgram(_ prepared: PreparedCommit) async throws(GitError) -> PreparedCommit {
        var prepared = prepared
        let (index, tree) = try await staged(prepared, keepsObjects: false)
        prepared.tree = tree
        prepared.paths = try await index.paths(to: tree)
        if prepared.paths.isEmpty, pendingOperation == nil {
            throw GitError(.nothingToCommit, "There is nothing to commit: the files are as they are in HEAD.")
        }
        return prepared
    }

    private func staged(
        _ prepared: PreparedCommit, keepsObjects: Bool
    ) async throws(GitError) -> (OwnIndex, ObjectID) {
        let base = if let parent = prepared.parent { parent.hex } else { try await programEmptyTree() }
        var names: [String] = []
        if case .paths(let paths) = prepared.request.content {
            let checked = try treePaths(paths)
            if let workTree {
                for path in checked where !path.isTop { try path.requireNoLink(in: workTree) }
            }
            names = checked.map { $0.isTop ? "." : $0.text }
        }
        let index = try OwnIndex(of: program, location, base: base, keepsObjects: keepsObjects)
        // In the middle of a merge git commits the whole index, whatever is named.
        let tree = try await index.stage(
            prepared.request.content, names: names, isPartial: pendingOperation == nil)
        return (index, tree)
    }

    /// Lets git commit the tree that was shown: hooks run, signatures are made.
    func commitWithProgram(_ prepared: PreparedCommit) async throws(GitError) -> Commit {
        let lock = FileSystem.join(location.gitDirectory, "index.lock")
        if FileSystem.exists(lock) { throw .locked("'\(lock)'") }
        let (index, tree) = try await staged(prepared, keepsObjects: true)
        guard tree == prepared.tree else {
            throw GitError(
                .conflict, "Files changed since the commit was prepared; look again and repeat it.")
        }
        let stamp = LocalClock.stamp(prepared.date)
        let output = try await program.run(
            ["commit", "--quiet", "--file=-", "--cleanup=whitespace"], purpose: .write,
            input: Array(prepared.message.utf8),
            variables: index.variables.merging(["GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp]) { $1 })
        guard output.isSuccess else { throw refusal(output) }
        let id = try await resolve("HEAD")
        try await bringIndex(to: id, from: prepared)
        let made = try await log(LogQuery(start: id.hex, limit: 1))
        guard let commit = made.commits.first else { throw .unknownReference(id.hex) }
        if commit.parents.first != prepared.parent {
            throw GitError(
                .conflict,
                "The commit \(commit.shortID) was made, on top of another one that came meanwhile; look at both.")
        }
        return commit
    }

    /// What was committed is no change any more: in the index it is as in the commit, and all else as it was.
    private func bringIndex(to id: ObjectID, from prepared: PreparedCommit) async throws(GitError) {
        if prepared.request.content == .staged { return }
        let base = if let parent = prepared.parent { parent.hex } else { try await programEmptyTree() }
        let raw = try await program.output(
            ["diff-tree", "-r", "--raw", "-z", "--no-abbrev", "--no-renames", base, id.hex], doing: "compare the files",
            purpose: .write)
        let zero = String(repeating: "0", count: id.hex.count)
        let lines = RawChanges(raw.bytes).files.map { file in
            "\(String(file.newMode, radix: 8)) \(file.newID?.hex ?? zero)\t\(file.path)\0"
        }
        _ = try await program.output(
            ["update-index", "-z", "--index-info"], doing: "write the index", purpose: .write,
            input: Array(lines.joined().utf8))
        // It says which files differ by failing.
        _ = try await program.run(["update-index", "-q", "--refresh"], purpose: .write)
    }

    private func refusal(_ output: GitProgram.Output) -> GitError {
        let said = (output.text + "\n" + output.complaint).split(whereSeparator: \.isNewline)
        if said.contains(where: { $0.contains("nothing to commit") || $0.contains("nothing added to commit") }) {
            return GitError(.nothingToCommit, "There is nothing to commit: the files are as they are in HEAD.")
        }
        if said.contains(where: { $0.contains("Please tell me who you are") || $0.contains("empty ident") }) {
            return GitError(
                .identityMissing,
                "git does not know who commits; run `git config --global user.name` and `user.email` with yours.")
        }
        let error = GitError.ofProgram(output, doing: "commit")
        if error.kind != .failed || said.isEmpty { return error }
        let words = said.suffix(6).map { printable(String($0)) }.joined(separator: " / ")
        return GitError(.failed, "The commit was not made; git and its hooks said: \(words)")
    }
}
