internal import Assistant
internal import Tools

extension RequestPlan {
    private static let usualCount = 10

    /// What is read from commits. Nil for other intents.
    func history(_ turn: OfflineTurn) -> OfflineMove? {
        switch reading.intent.name {
        case "log": return log(turn) { wording.log($0, scope: scope) }
        case "file_history": return log(turn) { wording.fileHistory($0, path: text("path") ?? "", scope: scope) }
        case "commit_count":
            return log(turn, limit: 1) { wording.count($0, scope: scope) }
        case "last_change_of_file":
            return log(turn, limit: 1) { wording.lastChange($0, path: text("path") ?? "") }
        case "show_commit":
            return ask(turn, GitShow.self, GitShow.ref.set(text("ref") ?? "HEAD")) { wording.commit($0) }
        case "contributors":
            return people(turn) { wording.contributors($0, scope: scope) }
        case "authors_of_file":
            return people(turn) { wording.authors($0, path: text("path") ?? "", scope: scope) }
        case "blame": return blame(turn)
        case "diff", "diff_uncommitted": return diff(turn)
        default: return nil
        }
    }

    private func log(_ turn: OfflineTurn, limit: Int? = nil, _ words: (CommitList) -> String) -> OfflineMove {
        let limit = limit ?? min(number("count") ?? Self.usualCount, 200)
        return ask(
            turn, GitLog.self, GitLog.limit.set(max(1, limit)), GitLog.path.set(text("path")), GitLog.range.set(range),
            GitLog.author.set(authorPart), GitLog.authorName.set(authorName), GitLog.since.set(since),
            GitLog.until.set(until), GitLog.total.set(true), wording: words)
    }

    private func people(_ turn: OfflineTurn, _ words: (ContributorList) -> String) -> OfflineMove {
        ask(
            turn, GitContributors.self, GitContributors.range.set(range), GitContributors.path.set(text("path")),
            GitContributors.since.set(since), GitContributors.until.set(until), wording: words)
    }

    private func blame(_ turn: OfflineTurn) -> OfflineMove {
        let path = text("path") ?? ""
        return ask(
            turn, GitBlame.self, GitBlame.path.set(path), GitBlame.firstLine.set(number("line")),
            GitBlame.lastLine.set(number("last_line"))
        ) { wording.blame($0, path: path, line: number("line"), to: number("last_line")) }
    }

    private func diff(_ turn: OfflineTurn) -> OfflineMove {
        let staged = isSet("staged")
        return ask(
            turn, GitDiff.self, GitDiff.from.set(text("from") ?? "HEAD"), GitDiff.to.set(text("to")),
            GitDiff.path.set(text("path")), GitDiff.staged.set(staged)
        ) { wording.changes($0, path: text("path"), staged: staged) }
    }
}
