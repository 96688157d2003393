internal import Assistant
internal import Tools

extension RequestPlan {
    /// What is read from files. Nil for other intents.
    func files(_ turn: OfflineTurn) -> OfflineMove? {
        switch reading.intent.name {
        case "find_text": return search(turn)
        case "find_file":
            let name = text("name") ?? ""
            return ask(turn, FileFind.self, FileFind.name.set(name), FileFind.limit.set(50)) {
                wording.found($0, name: name)
            }
        case "list_files":
            let directory = text("directory")
            return ask(
                turn, FileList.self, FileList.path.set(directory), FileList.depth.set(directory == nil ? 2 : 1),
                FileList.limit.set(300)
            ) { wording.listing($0, directory: directory) }
        case "read_file": return read(turn)
        case "todos": return todos(turn)
        default: return nil
        }
    }

    private func search(_ turn: OfflineTurn) -> OfflineMove {
        let text = text("text") ?? ""
        let place = self.text("path")
        // A file is a pattern of its own; a directory is where the search begins.
        let isFile = place.map { $0.split(separator: "/").last?.contains(".") == true } ?? false
        return ask(
            turn, FileSearch.self, FileSearch.text.set(text), FileSearch.path.set(isFile ? nil : place),
            FileSearch.files.set(isFile ? place : nil), FileSearch.limit.set(100)
        ) { wording.matches($0, text: text, place: place) }
    }

    private func read(_ turn: OfflineTurn) -> OfflineMove {
        let path = text("path") ?? ""
        guard let last = number("last") else {
            return ask(
                turn, FileRead.self, FileRead.path.set(path), FileRead.firstLine.set(max(1, number("first_line") ?? 1)),
                FileRead.lastLine.set(lastLine)
            ) { wording.content($0, path: path) }
        }
        // How many lines there are says where the last ones begin.
        let passages = turn.results(of: FileRead.self)
        guard let first = passages.first else {
            return call(FileRead.self, FileRead.path.set(path), FileRead.firstLine.set(1), FileRead.lastLine.set(1))
        }
        guard passages.count > 1 else {
            let start = max(1, first.totalLines - last + 1)
            return call(
                FileRead.self, FileRead.path.set(path), FileRead.firstLine.set(start),
                FileRead.lastLine.set(max(start, first.totalLines)))
        }
        return .answer(wording.content(passages[1], path: path))
    }

    private var lastLine: Int {
        if let last = number("last_line") { return max(1, last) }
        // A line by itself; where lines are said from one on, there is no last one.
        guard let first = number("first_line"), reading.places["first_line"]?.isEmpty == false else {
            return 10_000_000
        }
        return max(1, first)
    }

    private func todos(_ turn: OfflineTurn) -> OfflineMove {
        let found = turn.results(of: FileSearch.self)
        let words = ["TODO", "FIXME"]
        let place = text("path")
        guard found.count == words.count else {
            return call(
                FileSearch.self, FileSearch.text.set(words[found.count]), FileSearch.path.set(place),
                FileSearch.caseSensitive.set(true), FileSearch.limit.set(200))
        }
        return .answer(wording.todos(found, place: place))
    }
}
