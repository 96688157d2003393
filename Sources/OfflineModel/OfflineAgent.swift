internal import JSON

/// A delegate's part: the calls that an intent needs, one after the other, then the answer from their results.
struct OfflineAgent: Sendable {
    let intent: Intent
    let language: RequestLanguage
    let tools: Set<String>

    private var wording: OfflineWording { OfflineWording(language: language) }

    func move(_ turn: OfflineTurn) -> OfflineMove {
        if let last = turn.outputs.last, last.json == nil { return .answer(wording.failed(last.text)) }
        if let path = pathToFind, tools.contains("file_find") {
            guard let found = turn.result(of: "file_find") else {
                return .call("file_find", ["name": .string(path), "limit": 20])
            }
            return plan(turn, path: Self.best(of: found["paths"]?.array?.compactMap(\.string) ?? [], for: path))
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
        case .log(let query): return ask(turn, "git_log", Self.arguments(of: query)) { wording.log($0) }
        case .fileHistory(let said):
            let path = path ?? said
            return ask(turn, "git_log", ["path": .string(path), "limit": 10]) { wording.fileHistory($0, path: path) }
        case .lastChange(let said):
            let path = path ?? said
            return ask(turn, "git_log", ["path": .string(path), "limit": 1]) { wording.lastChange($0, path: path) }
        case .authorsOfFile(let said):
            let path = path ?? said
            return ask(turn, "git_blame", ["path": .string(path)]) { wording.authors($0, path: path) }
        case .changes(let from, let to, let said):
            var arguments: [String: JSON] = ["from": .string(from)]
            if let to { arguments["to"] = .string(to) }
            if let path = said.map({ path ?? $0 }) { arguments["path"] = .string(path) }
            return ask(turn, "git_diff", .object(arguments)) { wording.changes($0) }
        case .uncommitted: return ask(turn, "git_diff", ["from": "HEAD"]) { wording.changes($0) }
        case .contributors: return ask(turn, "git_contributors", [:]) { wording.contributors($0) }
        case .countCommits: return ask(turn, "git_contributors", [:]) { wording.count($0) }
        case .status: return ask(turn, "git_status", [:]) { wording.status($0) }
        case .branches(let tags): return branches(turn, tags: tags)
        case .tags: return ask(turn, "git_tags", [:]) { wording.tags($0) }
        case .remotes: return ask(turn, "git_remotes", [:]) { wording.remotes($0) }
        case .createBranch(let name):
            return ask(turn, "git_branch_create", ["name": .string(name)]) { wording.branchCreated($0, name) }
        case .checkout(let name):
            return ask(turn, "git_checkout", ["ref": .string(name)]) { wording.checkedOut($0, name) }
        case .createTag(let name):
            return ask(turn, "git_tag_create", ["name": .string(name)]) { wording.tagCreated($0, name) }
        case .commit(let message):
            return ask(turn, "git_commit", ["message": .string(message), "all": true]) { wording.committed($0) }
        default: return planFiles(turn, path: path)
        }
    }

    private func planFiles(_ turn: OfflineTurn, path: String?) -> OfflineMove {
        switch intent {
        case .findText(let text):
            return ask(turn, "file_search", ["text": .string(text), "limit": 20]) { wording.matches($0, text: text) }
        case .findFile(let name):
            return ask(turn, "file_find", ["name": .string(name), "limit": 20]) { wording.found($0, name: name) }
        case .listFiles: return ask(turn, "file_list", ["depth": 2]) { wording.listing($0) }
        case .readFile(let said):
            let path = path ?? said
            return ask(turn, "file_read", ["path": .string(path)]) { wording.content($0, path: path) }
        case .createFile(let path, let content): return create(turn, path: path, content: content)
        case .appendToFile(let said, let content):
            let path = path ?? said
            let arguments: JSON = ["path": .string(path), "content": .string(content + "\n")]
            return ask(turn, "file_append", arguments) { _ in wording.appended(path) }
        case .deleteFile(let said):
            let path = path ?? said
            return ask(turn, "file_delete", ["path": .string(path)]) { _ in wording.deleted(path) }
        case .help: return .answer(wording.help)
        case .incomplete(let missing): return .answer(wording.missing(missing))
        default: return .answer(wording.unknown)
        }
    }

    /// Calls a tool, or words its result once it is there.
    private func ask(_ turn: OfflineTurn, _ tool: String, _ arguments: JSON, wording: (JSON) -> String) -> OfflineMove {
        if let last = turn.outputs.last, last.tool == tool, let result = last.json { return .answer(wording(result)) }
        return call(tool, arguments)
    }

    private func call(_ tool: String, _ arguments: JSON) -> OfflineMove {
        tools.contains(tool) ? .call(tool, arguments) : .answer(wording.cannotHere(tool))
    }

    private func branches(_ turn: OfflineTurn, tags: Bool) -> OfflineMove {
        guard let branches = turn.result(of: "git_branches") else { return call("git_branches", [:]) }
        guard tags else { return .answer(wording.branches(branches)) }
        guard let tags = turn.result(of: "git_tags") else { return call("git_tags", [:]) }
        return .answer(wording.branches(branches) + "\n\n" + wording.tags(tags))
    }

    private func create(_ turn: OfflineTurn, path: String, content: Intent.FileContent) -> OfflineMove {
        if turn.called("file_create") { return .answer(wording.created(turn.result(of: "file_create"), path: path)) }
        let text: String
        switch content {
        case .text(let written): text = written.isEmpty ? "" : written + "\n"
        case .authors:
            guard let authors = turn.result(of: "git_contributors") else { return call("git_contributors", [:]) }
            text = wording.authorsFile(authors)
        case .commits(let count):
            guard let log = turn.result(of: "git_log") else { return call("git_log", ["limit": .integer(count)]) }
            text = wording.commitsFile(log)
        }
        return call("file_create", ["path": .string(path), "content": .string(text)])
    }

    private static func arguments(of query: Intent.LogQuery) -> JSON {
        var arguments: [String: JSON] = ["limit": .integer(min(query.count ?? 10, 100))]
        if let author = query.author { arguments["author"] = .string(author) }
        if let since = query.dates?.since { arguments["since"] = .string(since) }
        if let until = query.dates?.until { arguments["until"] = .string(until) }
        if let range = query.range { arguments["range"] = .string(range) }
        return .object(arguments)
    }
}
