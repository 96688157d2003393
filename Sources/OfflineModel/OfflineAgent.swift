internal import Assistant
internal import Settings
internal import Tools

/// A delegate's part: the calls that an intent needs, one after the other, then the answer from their results.
struct OfflineAgent: Sendable {
    let intent: Intent
    let language: Language
    let tools: Set<String>

    private var wording: OfflineWording { OfflineWording(language: language) }

    func move(_ turn: OfflineTurn) -> OfflineMove {
        if let last = turn.outputs.last, last.json == nil { return .answer(wording.failed(last.text)) }
        if let path = pathToFind, tools.contains(FileFind.declaration.name) {
            guard let found = turn.result(of: FileFind.self) else {
                return call(FileFind.self, FileFind.name.set(path), FileFind.limit.set(20))
            }
            return plan(turn, path: Self.best(of: found.paths, for: path))
        }
        return plan(turn, path: nil)
    }

    /// The file that has to be looked up first: people say `readme` and mean `README.md`.
    private var pathToFind: String? {
        switch intent {
        case .fileHistory(let path), .lastChange(let path), .authorsOfFile(let path), .readFile(let path),
            .deleteFile(let path), .appendToFile(let path, _), .changes(_, _, .some(let path)):
            path
        default: nil
        }
    }

    /// The found path that is meant: the same but for case, then the same without extension, else as it was said.
    static func best(of paths: [String], for name: String) -> String {
        if paths.contains(name) { return name }
        let wanted = RequestWords.fold(name)
        func base(_ path: String) -> String { RequestWords.fold(path.split(separator: "/").last ?? "") }
        let byDepth = paths.sorted { ($0.count(where: { $0 == "/" }), $0) < ($1.count(where: { $0 == "/" }), $1) }
        return byDepth.first { RequestWords.fold($0) == wanted } ?? byDepth.first { base($0) == wanted }
            ?? byDepth.first { base($0).split(separator: ".").first.map(String.init) == wanted } ?? name
    }

    private func plan(_ turn: OfflineTurn, path: String?) -> OfflineMove {
        switch intent {
        case .log(let query): return log(turn, query)
        case .fileHistory(let said):
            let path = path ?? said
            return ask(turn, GitLog.self, GitLog.path.set(path), GitLog.limit.set(10)) {
                wording.fileHistory($0, path: path)
            }
        case .lastChange(let said):
            let path = path ?? said
            return ask(turn, GitLog.self, GitLog.path.set(path), GitLog.limit.set(1)) {
                wording.lastChange($0, path: path)
            }
        case .authorsOfFile(let said):
            let path = path ?? said
            return ask(turn, GitBlame.self, GitBlame.path.set(path)) { wording.authors($0, path: path) }
        case .changes(let from, let to, let said):
            return ask(
                turn, GitDiff.self, GitDiff.from.set(from), GitDiff.to.set(to),
                GitDiff.path.set(said.map { path ?? $0 })
            ) { wording.changes($0) }
        case .uncommitted: return ask(turn, GitDiff.self, GitDiff.from.set("HEAD")) { wording.changes($0) }
        case .contributors: return ask(turn, GitContributors.self) { wording.contributors($0) }
        case .countCommits: return ask(turn, GitContributors.self) { wording.count($0) }
        case .status: return ask(turn, GitStatus.self) { wording.status($0) }
        case .branches(let tags): return branches(turn, tags: tags)
        case .tags: return ask(turn, GitTags.self) { wording.tags($0) }
        case .remotes: return ask(turn, GitRemotes.self) { wording.remotes($0) }
        default: return planWriting(turn) ?? planFiles(turn, path: path)
        }
    }

    /// What changes the repository.
    private func planWriting(_ turn: OfflineTurn) -> OfflineMove? {
        switch intent {
        case .createBranch(let name):
            ask(turn, GitBranchCreate.self, GitBranchCreate.name.set(name)) { wording.branchCreated($0, name) }
        case .checkout(let name):
            ask(turn, GitCheckout.self, GitCheckout.ref.set(name)) { wording.checkedOut($0, name) }
        case .createTag(let name):
            ask(turn, GitTagCreate.self, GitTagCreate.name.set(name)) { wording.tagCreated($0, name) }
        case .commit(let message):
            ask(turn, GitCommit.self, GitCommit.message.set(message), GitCommit.all.set(true)) {
                wording.committed($0)
            }
        default: nil
        }
    }

    private func planFiles(_ turn: OfflineTurn, path: String?) -> OfflineMove {
        switch intent {
        case .findText(let text):
            return ask(turn, FileSearch.self, FileSearch.text.set(text), FileSearch.limit.set(20)) {
                wording.matches($0, text: text)
            }
        case .findFile(let name):
            return ask(turn, FileFind.self, FileFind.name.set(name), FileFind.limit.set(20)) {
                wording.found($0, name: name)
            }
        case .listFiles: return ask(turn, FileList.self, FileList.depth.set(2)) { wording.listing($0) }
        case .readFile(let said):
            let path = path ?? said
            return ask(turn, FileRead.self, FileRead.path.set(path)) { wording.content($0, path: path) }
        case .createFile(let path, let content): return create(turn, path: path, content: content)
        case .appendToFile(let said, let content):
            let path = path ?? said
            return ask(turn, FileAppend.self, FileAppend.path.set(path), FileAppend.content.set(content + "\n")) { _ in
                wording.appended(path)
            }
        case .deleteFile(let said):
            let path = path ?? said
            return ask(turn, FileDelete.self, FileDelete.path.set(path)) { _ in wording.deleted(path) }
        case .help: return .answer(wording.help)
        case .incomplete(let missing): return .answer(wording.missing(missing))
        default: return .answer(wording.unknown)
        }
    }

    /// Calls a tool, or words its result once it is there.
    private func ask<Asked: DeclaredTool>(
        _ turn: OfflineTurn, _ tool: Asked.Type, _ arguments: GivenArgument..., wording words: (Asked.Output) -> String
    ) -> OfflineMove {
        guard let last = turn.outputs.last, last.tool == tool.declaration.name else {
            return call(tool, Arguments(arguments))
        }
        return .answer(turn.result(of: tool).map(words) ?? wording.failed(last.text))
    }

    private func call(_ tool: any DeclaredTool.Type, _ arguments: GivenArgument...) -> OfflineMove {
        call(tool, Arguments(arguments))
    }

    private func call(_ tool: any DeclaredTool.Type, _ arguments: Arguments) -> OfflineMove {
        let declaration = tool.declaration
        return tools.contains(declaration.name)
            ? .call(declaration.name, arguments) : .answer(wording.cannotHere(declaration))
    }

    private func log(_ turn: OfflineTurn, _ query: Intent.LogQuery) -> OfflineMove {
        ask(
            turn, GitLog.self, GitLog.limit.set(min(query.count ?? 10, 100)), GitLog.author.set(query.author),
            GitLog.since.set(query.dates?.since), GitLog.until.set(query.dates?.until), GitLog.range.set(query.range)
        ) { wording.log($0) }
    }

    private func branches(_ turn: OfflineTurn, tags: Bool) -> OfflineMove {
        guard let branches = turn.result(of: GitBranches.self) else { return call(GitBranches.self) }
        guard tags else { return .answer(wording.branches(branches)) }
        guard let tags = turn.result(of: GitTags.self) else { return call(GitTags.self) }
        return .answer(wording.branches(branches) + "\n\n" + wording.tags(tags))
    }

    private func create(_ turn: OfflineTurn, path: String, content: Intent.FileContent) -> OfflineMove {
        if turn.called(FileCreate.self) {
            return .answer(wording.created(turn.result(of: FileCreate.self), path: path))
        }
        let text: String
        switch content {
        case .text(let written): text = written.isEmpty ? "" : written + "\n"
        case .authors:
            guard let authors = turn.result(of: GitContributors.self) else { return call(GitContributors.self) }
            text = wording.authorsFile(authors)
        case .commits(let count):
            guard let log = turn.result(of: GitLog.self) else { return call(GitLog.self, GitLog.limit.set(count)) }
            text = wording.commitsFile(log)
        }
        return call(FileCreate.self, FileCreate.path.set(path), FileCreate.content.set(text))
    }
}
