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

    /// Lets git commit: hooks run, signatures are made.
    func commitWithProgram(_ prepared: PreparedCommit) async throws(GitError) -> Commit {
        let head = prepared.parent
        var arguments = ["commit", "--quiet", "--file=-", "--cleanup=whitespace"]
        switch prepared.request.content {
        case .staged: break
        case .tracked: arguments.append("--all")
        case .all: _ = try await program.output(["add", "-A"], doing: "stage the files", purpose: .write)
        case .paths(let paths):
            let names = try treePaths(paths).map { $0.isTop ? "." : $0.text }
            if let workTree {
                for path in try treePaths(paths) where !path.isTop { try path.requireNoLink(in: workTree) }
            }
            _ = try await program.output(["add", "-A", "--"] + names, doing: "stage the files", purpose: .write)
            if pendingOperation == nil { arguments += ["--only", "--"] + names }
        }
        let stamp = LocalClock.stamp(prepared.date)
        let output = try await program.run(
            arguments, purpose: .write, input: Array(prepared.message.utf8),
            variables: ["GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp])
        guard output.isSuccess else { throw refusal(output) }
        let id = try await resolve("HEAD")
        let made = try await log(LogQuery(start: id.hex, limit: 1))
        guard let commit = made.commits.first else { throw .unknownReference(id.hex) }
        if commit.parents.first != head {
            throw GitError(
                .conflict,
                "The commit \(commit.shortID) was made, on top of another one that came meanwhile; look at both.")
        }
        return commit
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
