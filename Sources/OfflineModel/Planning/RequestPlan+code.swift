internal import Assistant
internal import Tools

extension RequestPlan {
    /// The project as a whole, and where something is in it. Nil for other intents.
    func code(_ turn: OfflineTurn) -> OfflineMove? {
        switch reading.intent.name {
        case "overview": overview(turn)
        case "find_in_code": findInCode(turn)
        default: nil
        }
    }

    private func overview(_ turn: OfflineTurn) -> OfflineMove {
        guard let files = turn.result(of: FileList.self) else {
            return call(FileList.self, FileList.depth.set(20), FileList.limit.set(1_000))
        }
        guard let log = turn.result(of: GitLog.self) else {
            return call(GitLog.self, GitLog.limit.set(1), GitLog.total.set(true))
        }
        guard let people = turn.result(of: GitContributors.self) else { return call(GitContributors.self) }
        let readme = files.entries.first { entry in
            !entry.isDirectory && !entry.path.contains("/") && Folding.folded(entry.path).hasPrefix("readme")
        }
        if let readme, turn.result(of: FileRead.self) == nil {
            return call(
                FileRead.self, FileRead.path.set(readme.path), FileRead.firstLine.set(1), FileRead.lastLine.set(80))
        }
        let overview = ProjectOverview(
            files: files, readme: turn.result(of: FileRead.self)?.text, commits: log, people: people)
        return .answer(wording.overview(overview))
    }

    /// Each word of the question is looked for; the files that have most of them come first.
    private func findInCode(_ turn: OfflineTurn) -> OfflineMove {
        let question = text("question") ?? ""
        let words = CodeQuestion.words(of: question, reading.language)
        let found = turn.results(of: FileSearch.self)
        if found.count < words.count {
            return call(FileSearch.self, FileSearch.text.set(words[found.count]), FileSearch.limit.set(200))
        }
        return .answer(wording.places(CodeQuestion.places(in: found, of: words), question: question))
    }
}
