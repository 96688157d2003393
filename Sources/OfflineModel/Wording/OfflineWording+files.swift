internal import Tools

extension OfflineWording {
    func matches(_ found: FoundLines, text: String) -> String {
        guard !found.matches.isEmpty else {
            return pick("“\(text)” is in no file.", "«\(text)» no está en ningún archivo.")
        }
        let lines = found.matches.map { match in
            let line = match.text.drop { $0 == " " || $0 == "\t" }.prefix(160)
            return "- \(match.path):\(match.line): `\(line)`"
        }
        let more = found.hasMore ? "\n\n" + pick("There are more matches.", "Hay más coincidencias.") : ""
        return plural(lines.count, ("match", "matches"), ("coincidencia", "coincidencias"))
            + pick(" for “\(text)”:", " de «\(text)»:") + "\n\n" + lines.joined(separator: "\n") + more
    }

    func found(_ found: FoundPaths, name: String) -> String {
        guard !found.paths.isEmpty else {
            return pick("No file's name contains “\(name)”.", "Ningún archivo tiene «\(name)» en su nombre.")
        }
        return found.paths.map { "- \($0)" }.joined(separator: "\n")
    }

    func listing(_ listing: FileListing) -> String {
        guard !listing.entries.isEmpty else { return pick("There are no files.", "No hay archivos.") }
        let lines = listing.entries.map { "- \($0.path)" + ($0.isDirectory ? "/" : "") }
        let more = listing.hasMore ? "\n" + pick("- … and more", "- … y más") : ""
        return lines.joined(separator: "\n") + more
    }

    func content(_ passage: FilePassage, path: String) -> String {
        let text = passage.text
        let fence = String(repeating: "`", count: max(3, Self.longestBackticks(in: text) + 1))
        let (last, total) = (passage.lastLine, passage.totalLines)
        let cut =
            last < total ? "\n\n" + pick("(lines 1 to \(last) of \(total))", "(líneas 1 a \(last) de \(total))") : ""
        return "`\(path)`:\n\n\(fence)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)\(cut)"
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
