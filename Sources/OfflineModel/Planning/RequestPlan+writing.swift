internal import Assistant
internal import Tools

extension RequestPlan {
    /// What changes something. Nil for other intents.
    func writing(_ turn: OfflineTurn) -> OfflineMove? {
        let name = text("name") ?? ""
        switch reading.intent.name {
        case "create_branch":
            return ask(
                turn, GitBranchCreate.self, GitBranchCreate.name.set(name),
                GitBranchCreate.at.set(text("start") ?? "HEAD")
            ) { wording.branchCreated($0, name) }
        case "switch_branch":
            return ask(turn, GitCheckout.self, GitCheckout.ref.set(name)) { wording.checkedOut($0, name) }
        case "create_tag":
            return ask(
                turn, GitTagCreate.self, GitTagCreate.name.set(name), GitTagCreate.at.set(text("at") ?? "HEAD"),
                GitTagCreate.message.set(text("message"))
            ) { wording.tagCreated($0, name) }
        case "commit":
            return ask(
                turn, GitCommit.self, GitCommit.message.set(text("message") ?? ""),
                GitCommit.all.set(text("scope") == "all")
            ) { wording.committed($0) }
        case "stage":
            return ask(turn, GitStage.self, GitStage.paths.set([text("path") ?? ""])) { wording.staged($0) }
        default: return changingFiles(turn)
        }
    }

    private func changingFiles(_ turn: OfflineTurn) -> OfflineMove? {
        let path = text("path") ?? ""
        switch reading.intent.name {
        case "create_file": return create(turn, path)
        case "append":
            return ask(
                turn, FileAppend.self, FileAppend.path.set(path), FileAppend.content.set((text("text") ?? "") + "\n")
            ) { _ in wording.appended(path) }
        case "delete_file":
            return ask(turn, FileDelete.self, FileDelete.path.set(path)) { _ in wording.deleted(path) }
        case "move":
            let target = self.target(of: path)
            return ask(turn, FileMove.self, FileMove.path.set(path), FileMove.to.set(target)) { _ in
                wording.moved(path, to: target)
            }
        default: return nil
        }
    }

    /// `move a.txt to docs` moves it into the directory.
    private func target(of path: String) -> String {
        let target = text("to") ?? ""
        let last = path.split(separator: "/").last.map(String.init) ?? path
        if target.hasSuffix("/") { return target + last }
        // A directory that there is was found as one; a new name was not looked for.
        return reading.movesIntoDirectory ? target + "/" + last : target
    }

    private func create(_ turn: OfflineTurn, _ path: String) -> OfflineMove {
        if turn.called(FileCreate.self) {
            return .answer(wording.created(turn.result(of: FileCreate.self), path: path))
        }
        var text = self.text("content").map { $0.isEmpty ? "" : $0 + "\n" } ?? ""
        switch self.text("content_of") {
        case "authors":
            guard let authors = turn.result(of: GitContributors.self) else { return call(GitContributors.self) }
            text = wording.authorsFile(authors)
        case "commits":
            guard let log = turn.result(of: GitLog.self) else {
                return call(GitLog.self, GitLog.limit.set(min(200, max(1, number("count") ?? 5))))
            }
            text = wording.commitsFile(log)
        default: break
        }
        return call(FileCreate.self, FileCreate.path.set(path), FileCreate.content.set(text))
    }
}

extension Reading {
    /// What it is moved to is a directory of the repository.
    var movesIntoDirectory: Bool { slots["to"]?.isDirectory ?? false }
}
