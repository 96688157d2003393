internal import Assistant
internal import Tools

extension RequestPlan {
    /// State, branches, tags, remotes. Nil for other intents.
    func references(_ turn: OfflineTurn) -> OfflineMove? {
        switch reading.intent.name {
        case "status": return ask(turn, GitStatus.self) { wording.status($0) }
        case "current_branch": return ask(turn, GitStatus.self) { wording.currentBranch($0) }
        case "branches": return branches(turn)
        case "tags": return ask(turn, GitTags.self) { wording.tags($0) }
        case "latest_tag": return ask(turn, GitTags.self) { wording.latestTag($0) }
        case "remotes": return ask(turn, GitRemotes.self) { wording.remotes($0) }
        default: return nil
        }
    }

    private func branches(_ turn: OfflineTurn) -> OfflineMove {
        let into = text("into") ?? "HEAD"
        guard let branches = turn.result(of: GitBranches.self) else {
            let merged = reading.slots["merged"]?.flag
            return call(
                GitBranches.self, GitBranches.remote.set(isSet("remote")),
                GitBranches.mergedInto.set(merged == true ? into : nil),
                GitBranches.notMergedInto.set(merged == false ? into : nil))
        }
        let answer = wording.branches(
            branches, onlyRemote: isSet("remote"), merged: reading.slots["merged"]?.flag, into: into)
        guard isSet("with_tags") else { return .answer(answer) }
        guard let tags = turn.result(of: GitTags.self) else { return call(GitTags.self) }
        return .answer(answer + "\n\n" + wording.tags(tags))
    }
}
