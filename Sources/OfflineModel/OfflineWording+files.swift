internal import JSON

extension OfflineWording {
    func matches(_ result: JSON, text: String) -> String {
        let matches = result["matches"]?.array ?? []
        guard !matches.isEmpty else { return pick("“\(text)” is in no file.", "«\(text)» no está en ningún archivo.") }
        let lines = matches.map { match in
            let line = (match["text"]?.string ?? "").drop { $0 == " " || $0 == "\t" }.prefix(160)
            return "- \(match["path"]?.string ?? ""):\(match["line"]?.integer ?? 0): `\(line)`"
        }
        let more =
            result["more"]?.bool == true ? "\n\n" + pick("There are more matches.", "Hay más coincidencias.") : ""
        return plural(matches.count, ("match", "matches"), ("coincidencia", "coincidencias"))
            + pick(" for “\(text)”:", " de «\(text)»:") + "\n\n" + lines.joined(separator: "\n") + more
    }

    func found(_ result: JSON, name: String) -> String {
        let paths = result["paths"]?.array?.compactMap(\.string) ?? []
        guard !paths.isEmpty else {
            return pick("No file's name contains “\(name)”.", "Ningún archivo tiene «\(name)» en su nombre.")
        }
        return paths.map { "- \($0)" }.joined(separator: "\n")
    }

    func listing(_ result: JSON) -> String {
        let entries = result["entries"]?.array ?? []
        guard !entries.isEmpty else { return pick("There are no files.", "No hay archivos.") }
        let lines = entries.map { "- \($0["path"]?.string ?? "")" + ($0["kind"]?.string == "directory" ? "/" : "") }
        let more = result["more"]?.bool == true ? "\n" + pick("- … and more", "- … y más") : ""
        return lines.joined(separator: "\n") + more
    }

    func content(_ result: JSON, path: String) -> String {
        let text = result["text"]?.string ?? ""
        let fence = String(repeating: "`", count: max(3, Self.longestBackticks(in: text) + 1))
        let total = result["total_lines"]?.integer ?? 0
        let last = result["last_line"]?.integer ?? total
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

    func created(_ result: JSON?, path: String) -> String {
        let bytes = result?["bytes"]?.integer ?? 0
        return pick("Created `\(path)` (\(bytes) bytes).", "Creado `\(path)` (\(bytes) bytes).")
    }

    func appended(_ path: String) -> String { pick("Added to `\(path)`.", "Añadido a `\(path)`.") }

    func deleted(_ path: String) -> String { pick("Deleted `\(path)`.", "Borrado `\(path)`.") }

    /// The content of a file that lists the authors.
    func authorsFile(_ contributors: JSON) -> String {
        let lines = (contributors["contributors"]?.array ?? []).map { person in
            "- \(person["name"]?.string ?? "") <\(person["email"]?.string ?? "")>, "
                + plural(person["commits"]?.integer ?? 0, ("commit", "commits"), ("commit", "commits"))
        }
        return "# \(pick("Authors", "Autores"))\n\n" + lines.joined(separator: "\n") + "\n"
    }

    /// The content of a file that lists commits.
    func commitsFile(_ log: JSON) -> String {
        let lines = (log["commits"]?.array ?? []).map { commit in
            "- \(day(commit["date"])) \(commit["short"]?.string ?? "") \(commit["subject"]?.string ?? "") (\(commit["author"]?.string ?? ""))"
        }
        return "# Commits\n\n" + lines.joined(separator: "\n") + "\n"
    }
}
