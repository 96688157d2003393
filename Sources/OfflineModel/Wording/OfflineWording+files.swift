internal import Tools

extension OfflineWording {
    func matches(_ found: FoundLines, text: String, place: String?) -> String {
        let scope = place.map { pick(" in `\($0)`", " en `\($0)`") } ?? ""
        guard !found.matches.isEmpty else {
            return place == nil
                ? pick("“\(text)” is in no file.", "«\(text)» no está en ningún archivo.")
                : pick("“\(text)” is not\(scope).", "«\(text)» no está\(scope).")
        }
        let lines = found.matches.map { match in
            let line = match.text.drop { $0 == " " || $0 == "\t" }.prefix(160)
            return "- \(match.path):\(match.line): `\(line)`"
        }
        let more = found.hasMore ? "\n\n" + pick("There are more matches.", "Hay más coincidencias.") : ""
        return plural(lines.count, ("match", "matches"), ("coincidencia", "coincidencias"))
            + pick(" for “\(text)”\(scope):", " de «\(text)»\(scope):") + "\n\n" + lines.joined(separator: "\n") + more
    }

    func found(_ found: FoundPaths, name: String) -> String {
        guard !found.paths.isEmpty else {
            return pick("No file's name contains “\(name)”.", "Ningún archivo tiene «\(name)» en su nombre.")
        }
        return found.paths.map { "- \($0)" }.joined(separator: "\n")
    }

    func listing(_ listing: FileListing, directory: String?) -> String {
        let scope = directory.map { pick(" in `\($0)`", " en `\($0)`") } ?? ""
        guard !listing.entries.isEmpty else { return pick("There are no files\(scope).", "No hay archivos\(scope).") }
        let head = directory.map { pick("In `\($0)`:", "En `\($0)`:") + "\n\n" } ?? ""
        let lines = listing.entries.map { "- \($0.path)" + ($0.isDirectory ? "/" : "") }
        let more = listing.hasMore ? "\n" + pick("- … and more", "- … y más") : ""
        return head + lines.joined(separator: "\n") + more
    }

    func content(_ passage: FilePassage, path: String) -> String {
        let (first, last, total) = (passage.firstLine, passage.lastLine, passage.totalLines)
        let isPart = first > 1 || last < total
        let part =
            isPart
            ? pick(", lines \(first) to \(last) of \(total)", ", líneas \(first) a \(last) de \(total)") : ""
        return "`\(path)`\(part):\n\n\(fenced(passage.text, ""))"
    }

    /// A block of code with a fence that nothing in it ends.
    func fenced(_ text: String, _ kind: String) -> String {
        let fence = String(repeating: "`", count: max(3, Self.longestBackticks(in: text) + 1))
        return "\(fence)\(kind)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)"
    }

    private static func longestBackticks(in text: String) -> Int {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    func created(_ edit: AppliedEdit?, path: String) -> String {
        let bytes = edit?.created?.bytes ?? 0
        return pick("Created `\(path)` (\(bytes) bytes).", "Creado `\(path)` (\(bytes) bytes).")
    }

    func moved(_ path: String, to target: String) -> String {
        pick("Moved `\(path)` to `\(target)`.", "Movido `\(path)` a `\(target)`.")
    }

    func todos(_ found: [FoundLines], place: String?) -> String {
        let scope = place.map { pick(" in `\($0)`", " en `\($0)`") } ?? ""
        var seen: Set<String> = []
        let matches = found.flatMap(\.matches).filter { seen.insert("\($0.path):\($0.line)").inserted }
        guard !matches.isEmpty else {
            return pick("Nothing is marked TODO or FIXME\(scope).", "Nada está marcado con TODO o FIXME\(scope).")
        }
        let lines = matches.map { "- \($0.path):\($0.line): `\($0.text.drop { $0 == " " || $0 == "\t" }.prefix(160))`" }
        let more = found.contains(where: \.hasMore) ? "\n\n" + pick("There are more.", "Hay más.") : ""
        return plural(lines.count, ("line is", "lines are"), ("línea está", "líneas están"))
            + pick(" marked TODO or FIXME\(scope):", " con TODO o FIXME\(scope):") + "\n\n"
            + lines.joined(separator: "\n") + more
    }

    func appended(_ path: String) -> String { pick("Added to `\(path)`.", "Añadido a `\(path)`.") }

    func deleted(_ path: String) -> String { pick("Deleted `\(path)`.", "Borrado `\(path)`.") }

    /// The content of a file that lists the authors.
    func authorsFile(_ contributors: ContributorList) -> String {
        let lines = contributors.people.map { person in
            "- \(person.name) <\(person.email)>, "
                + plural(person.commits, ("commit", "commits"), ("commit", "commits"))
        }
        return "# \(pick("Authors", "Autores"))\n\n" + lines.joined(separator: "\n") + "\n"
    }

    /// The content of a file that lists commits.
    func commitsFile(_ log: CommitList) -> String {
        let lines = log.commits.map { "- \(day($0.date)) \($0.short) \($0.subject) (\($0.author))" }
        return "# Commits\n\n" + lines.joined(separator: "\n") + "\n"
    }
}
