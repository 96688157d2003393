internal import Assistant
internal import JSON

extension OfflineWording {
    private func commitLine(_ commit: JSON) -> String {
        let subject = commit["subject"]?.string ?? ""
        return
            "- `\(commit["short"]?.string ?? "")` \(subject) — \(commit["author"]?.string ?? ""), \(day(commit["date"]))"
    }

    private func commits(_ result: JSON) -> [JSON] { result["commits"]?.array ?? [] }

    func log(_ result: JSON) -> String {
        let commits = commits(result)
        guard !commits.isEmpty else { return pick("There are no such commits.", "No hay commits así.") }
        let authors = Set(commits.compactMap { $0["author"]?.string })
        let head =
            plural(commits.count, ("commit", "commits"), ("commit", "commits"))
            + pick(" by ", " de ") + plural(authors.count, ("author", "authors"), ("autor", "autores"))
        let more =
            result["more"]?.bool == true ? "\n\n" + pick("There are more before these.", "Hay más antes de estos.") : ""
        return "\(head):\n\n" + commits.map(commitLine).joined(separator: "\n") + more
    }

    func fileHistory(_ result: JSON, path: String) -> String {
        let commits = commits(result)
        guard !commits.isEmpty else {
            return pick("No commit has changed `\(path)`.", "Ningún commit ha cambiado `\(path)`.")
        }
        let head = pick(
            "Commits that changed `\(path)`, newest first:",
            "Commits que cambiaron `\(path)`, del más nuevo al más viejo:")
        return head + "\n\n" + commits.map(commitLine).joined(separator: "\n")
    }

    func lastChange(_ result: JSON, path: String) -> String {
        guard let commit = commits(result).first else {
            return pick("No commit has changed `\(path)`.", "Ningún commit ha cambiado `\(path)`.")
        }
        let author = commit["author"]?.string ?? ""
        let tail = "`\(commit["short"]?.string ?? "")` \(commit["subject"]?.string ?? "")"
        return pick(
            "\(author) last changed `\(path)` on \(day(commit["date"])): \(tail)",
            "\(author) cambió `\(path)` por última vez el \(day(commit["date"])): \(tail)")
    }

    func authors(_ result: JSON, path: String) -> String {
        let authors = result["authors"]?.array ?? []
        guard !authors.isEmpty else { return pick("`\(path)` has no lines.", "`\(path)` no tiene líneas.") }
        let lines = authors.map { author in
            "- \(author["author"]?.string ?? ""): "
                + plural(author["lines"]?.integer ?? 0, ("line", "lines"), ("línea", "líneas"))
        }
        return pick("Who wrote the lines of `\(path)`:", "Quién escribió las líneas de `\(path)`:") + "\n\n"
            + lines.joined(separator: "\n")
    }

    func changes(_ result: JSON) -> String {
        let files = result["files"]?.array ?? []
        let from = result["from"]?.string ?? ""
        let to = result["to"]?.string ?? pick("the working tree", "el árbol de trabajo")
        guard !files.isEmpty else {
            return pick("Nothing differs between \(from) and \(to).", "No hay diferencias entre \(from) y \(to).")
        }
        let lines = files.map { file in
            let counts =
                file["binary"]?.bool == true
                ? pick("binary", "binario") : "+\(file["insertions"]?.integer ?? 0) −\(file["deletions"]?.integer ?? 0)"
            return "- `\(file["path"]?.string ?? "")` \(change(file["change"]?.string ?? "")), \(counts)"
        }
        let count = plural(files.count, ("file differs", "files differ"), ("archivo difiere", "archivos difieren"))
        let head = count + pick(" between \(from) and \(to):", " entre \(from) y \(to):")
        let patch = result["patch"]?.string ?? ""
        let shown = patch.isEmpty ? "" : "\n\n```diff\n\(TokenEstimate.prefix(of: patch, tokens: 600))\n```"
        return head + "\n\n" + lines.joined(separator: "\n") + shown
    }

    private func change(_ name: String) -> String {
        guard language == .spanish else { return name }
        let names = [
            "added": "añadido", "modified": "modificado", "deleted": "borrado", "renamed": "renombrado",
            "copied": "copiado",
        ]
        return names[name] ?? name
    }

    func contributors(_ result: JSON) -> String {
        let people = result["contributors"]?.array ?? []
        guard !people.isEmpty else { return pick("There are no commits yet.", "Todavía no hay commits.") }
        let lines = people.map { person in
            "- \(person["name"]?.string ?? "") <\(person["email"]?.string ?? "")>: "
                + plural(person["commits"]?.integer ?? 0, ("commit", "commits"), ("commit", "commits"))
        }
        return plural(people.count, ("author", "authors"), ("autor", "autores")) + ":\n\n"
            + lines.joined(separator: "\n")
    }

    func count(_ result: JSON) -> String {
        let people = result["contributors"]?.array ?? []
        let total = people.reduce(0) { $0 + ($1["commits"]?.integer ?? 0) }
        return plural(total, ("commit", "commits"), ("commit", "commits")) + pick(" by ", " de ")
            + plural(people.count, ("author", "authors"), ("autor", "autores")) + "."
    }

    func status(_ result: JSON) -> String {
        var lines: [String] = []
        if let branch = result["branch"]?.string {
            lines.append(pick("On branch \(branch).", "En la rama \(branch)."))
        } else {
            let commit = result["commit"]?.string ?? ""
            lines.append(pick("HEAD is detached at `\(commit)`.", "HEAD está suelto en `\(commit)`."))
        }
        if let ahead = result["ahead"]?.integer, let behind = result["behind"]?.integer,
            let upstream = result["upstream"]?.string
        {
            lines.append(
                pick(
                    "\(ahead) ahead of and \(behind) behind \(upstream).",
                    "\(ahead) por delante y \(behind) por detrás de \(upstream)."))
        }
        let groups: [(String, String)] = [
            ("conflicted", pick("In conflict", "En conflicto")), ("staged", pick("Staged", "Preparado")),
            ("unstaged", pick("Changed", "Cambiado")), ("untracked", pick("Untracked", "Sin seguimiento")),
        ]
        for (key, title) in groups {
            let entries = result[key]?.array ?? []
            guard !entries.isEmpty else { continue }
            lines.append("\n\(title):\n")
            lines += entries.map {
                "- `\($0.string ?? $0["path"]?.string ?? "")`" + ($0["change"]?.string.map { " (\(change($0)))" } ?? "")
            }
        }
        if lines.count == 1 {
            lines.append(
                pick(
                    "Nothing to commit, the working tree is clean.",
                    "Nada que confirmar, el árbol de trabajo está limpio."))
        }
        return lines.joined(separator: "\n")
    }

    func branches(_ result: JSON) -> String {
        let branches = result["branches"]?.array ?? []
        guard !branches.isEmpty else { return pick("There are no branches yet.", "Todavía no hay ramas.") }
        let lines = branches.map { branch in
            "- \(branch["name"]?.string ?? "")" + (branch["head"]?.bool == true ? pick(" (current)", " (actual)") : "")
        }
        return plural(branches.count, ("branch", "branches"), ("rama", "ramas")) + ":\n\n"
            + lines.joined(separator: "\n")
    }

    func tags(_ result: JSON) -> String {
        let tags = result["tags"]?.array ?? []
        guard !tags.isEmpty else { return pick("There are no tags.", "No hay etiquetas.") }
        let lines = tags.map { "- \($0["name"]?.string ?? "") (`\($0["short"]?.string ?? "")`, \(day($0["date"])))" }
        return plural(tags.count, ("tag", "tags"), ("etiqueta", "etiquetas")) + ":\n\n" + lines.joined(separator: "\n")
    }

    func remotes(_ result: JSON) -> String {
        let remotes = result["remotes"]?.array ?? []
        guard !remotes.isEmpty else { return pick("There are no remotes.", "No hay remotos.") }
        return remotes.map { "- \($0["name"]?.string ?? ""): \($0["url"]?.string ?? "")" }.joined(separator: "\n")
    }

    func branchCreated(_ result: JSON, _ name: String) -> String {
        pick(
            "Created the branch `\(name)` at `\(result["short"]?.string ?? "")`.",
            "Creada la rama `\(name)` en `\(result["short"]?.string ?? "")`.")
    }

    func checkedOut(_ result: JSON, _ name: String) -> String {
        pick(
            "Switched to `\(name)` (`\(result["short"]?.string ?? "")`).",
            "Cambiado a `\(name)` (`\(result["short"]?.string ?? "")`).")
    }

    func tagCreated(_ result: JSON, _ name: String) -> String {
        pick(
            "Created the tag `\(name)` at `\(result["short"]?.string ?? "")`.",
            "Creada la etiqueta `\(name)` en `\(result["short"]?.string ?? "")`.")
    }

    func committed(_ result: JSON) -> String {
        let files = plural(result["files"]?.array?.count ?? 0, ("file", "files"), ("archivo", "archivos"))
        let line = "`\(result["short"]?.string ?? "")` \(result["subject"]?.string ?? "")"
        return pick("Committed \(files) as \(line)", "Confirmado \(files) como \(line)")
    }
}
