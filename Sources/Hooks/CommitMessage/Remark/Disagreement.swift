internal import Git

/// Where a commit message and the change it is for do not go together, found without a model: only what is certain
/// enough to be said.
package enum Disagreement {
    /// Sentences, the weightiest first.
    package static func find(message: String, change: ChangeSet) -> [String] {
        let files = change.files
        guard !files.isEmpty, change.moreFiles == 0 else { return [] }
        return [type(of: message, files), missing(message, files), verb(of: message, files)].compactMap(\.self)
    }

    /// `docs: …` over code, `test: …` without a test.
    private static func type(of message: String, _ files: [ChangedFile]) -> String? {
        let subject = message.prefix { $0 != "\n" }
        guard let colon = subject.firstIndex(of: ":") else { return nil }
        let type = subject[..<colon].prefix { $0 != "(" && $0 != "!" }.lowercased()
        let classes = Set(files.map(\.fileClass))
        switch type {
        case "docs" where !classes.contains(.documentation):
            return "the message says docs, and no documentation changes"
        case "test" where !classes.contains(.test), "tests" where !classes.contains(.test):
            return "the message says \(type), and no test changes"
        case "feat" where classes.isSubset(of: [.documentation]), "fix" where classes.isSubset(of: [.documentation]):
            return "the message says \(type), and only documentation changes"
        default: return nil
        }
    }

    /// Files that the message names and the change does not hold.
    private static func missing(_ message: String, _ files: [ChangedFile]) -> String? {
        let paths = Set(files.flatMap { [$0.path] + [$0.oldPath].compactMap(\.self) })
        let names = Set(paths.compactMap { $0.split(separator: "/").last.map(String.init) })
        let endings = Set(names.compactMap { name in name.split(separator: ".").last.map { String($0) } })
        let words = message.split { $0.isWhitespace || "`\"'(),;:!?«»“”".contains($0) }
        for word in words {
            let name = word.hasSuffix(".") ? String(word.dropLast()) : String(word)
            let parts = name.split(separator: ".")
            // Only what looks like a file of a kind that this change has: `README.md`, not `e.g`.
            guard parts.count > 1, let ending = parts.last, endings.contains(String(ending)), !name.contains("//")
            else {
                continue
            }
            let last = name.split(separator: "/").last.map(String.init) ?? name
            if !paths.contains(name), !names.contains(last) {
                return "the message names \(DisplayPath.text(name)), which this commit does not change"
            }
        }
        return nil
    }

    private static func verb(of message: String, _ files: [ChangedFile]) -> String? {
        let subject = message.prefix { $0 != "\n" }
        let words = subject.split { !$0.isLetter }.map { $0.lowercased() }
        let kinds = Set(files.map(\.kind))
        let adding: Set<String> = ["add", "adds", "added", "añade", "agrega"]
        let removing: Set<String> = ["remove", "removes", "removed", "delete", "deletes", "elimina", "borra", "quita"]
        guard let first = words.first else { return nil }
        if adding.contains(first), kinds == [.deleted] {
            return "the message says \(first), and the commit only deletes files"
        }
        if removing.contains(first), kinds == [.added] {
            return "the message says \(first), and the commit only adds files"
        }
        return nil
    }
}
