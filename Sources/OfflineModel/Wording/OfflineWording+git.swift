internal import Assistant
internal import Settings
internal import Tools

extension OfflineWording {
    private func line(of commit: CommitEntry) -> String {
        "- `\(commit.short)` \(commit.subject) — \(commit.author), \(day(commit.date))"
    }

    func log(_ log: CommitList) -> String {
        let commits = log.commits
        guard !commits.isEmpty else { return pick("There are no such commits.", "No hay commits así.") }
        let authors = Set(commits.map(\.author))
        let head =
            plural(commits.count, ("commit", "commits"), ("commit", "commits"))
            + pick(" by ", " de ") + plural(authors.count, ("author", "authors"), ("autor", "autores"))
        let more = log.hasMore ? "\n\n" + pick("There are more before these.", "Hay más antes de estos.") : ""
        return "\(head):\n\n" + commits.map(line).joined(separator: "\n") + more
    }

    func fileHistory(_ log: CommitList, path: String) -> String {
        guard !log.commits.isEmpty else { return neverChanged(path) }
        let head = pick(
            "Commits that changed `\(path)`, newest first:",
            "Commits que cambiaron `\(path)`, del más nuevo al más viejo:")
        return head + "\n\n" + log.commits.map(line).joined(separator: "\n")
    }

    func lastChange(_ log: CommitList, path: String) -> String {
        guard let commit = log.commits.first else { return neverChanged(path) }
        let tail = "`\(commit.short)` \(commit.subject)"
        return pick(
            "\(commit.author) last changed `\(path)` on \(day(commit.date)): \(tail)",
            "\(commit.author) cambió `\(path)` por última vez el \(day(commit.date)): \(tail)")
    }

    private func neverChanged(_ path: String) -> String {
        pick("No commit has changed `\(path)`.", "Ningún commit ha cambiado `\(path)`.")
    }

    func authors(_ blame: BlameView, path: String) -> String {
        guard !blame.authors.isEmpty else { return pick("`\(path)` has no lines.", "`\(path)` no tiene líneas.") }
        let lines = blame.authors.map { author in
            "- \(author.name): " + plural(author.lines, ("line", "lines"), ("línea", "líneas"))
        }
        return pick("Who wrote the lines of `\(path)`:", "Quién escribió las líneas de `\(path)`:") + "\n\n"
            + lines.joined(separator: "\n")
    }

    func changes(_ view: DiffView) -> String {
        let from = view.from
        let to = view.to ?? pick("the working tree", "el árbol de trabajo")
        guard !view.diff.files.isEmpty else {
            return pick("Nothing differs between \(from) and \(to).", "No hay diferencias entre \(from) y \(to).")
        }
        let lines = view.diff.files.map { file in
            let counts = file.isBinary ? pick("binary", "binario") : "+\(file.insertions) −\(file.deletions)"
            return "- `\(file.path)` \(change(file.change)), \(counts)"
        }
        let count = plural(lines.count, ("file differs", "files differ"), ("archivo difiere", "archivos difieren"))
        let head = count + pick(" between \(from) and \(to):", " entre \(from) y \(to):")
        let patch = view.diff.patch
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

    func contributors(_ list: ContributorList) -> String {
        guard !list.people.isEmpty else { return pick("There are no commits yet.", "Todavía no hay commits.") }
        let lines = list.people.map { person in
            "- \(person.name) <\(person.email)>: "
                + plural(person.commits, ("commit", "commits"), ("commit", "commits"))
        }
        return plural(lines.count, ("author", "authors"), ("autor", "autores")) + ":\n\n"
            + lines.joined(separator: "\n")
    }

    func count(_ list: ContributorList) -> String {
        let total = list.people.reduce(0) { $0 + $1.commits }
        return plural(total, ("commit", "commits"), ("commit", "commits")) + pick(" by ", " de ")
            + plural(list.people.count, ("author", "authors"), ("autor", "autores")) + "."
    }

    func status(_ status: StatusView) -> String {
        var lines: [String] = []
        if let branch = status.branch {
            lines.append(pick("On branch \(branch).", "En la rama \(branch)."))
        } else {
            let commit = status.commit ?? ""
            lines.append(pick("HEAD is detached at `\(commit)`.", "HEAD está suelto en `\(commit)`."))
        }
        if let upstream = status.upstream, let ahead = upstream.ahead, let behind = upstream.behind {
            lines.append(
                pick(
                    "\(ahead) ahead of and \(behind) behind \(upstream.name).",
                    "\(ahead) por delante y \(behind) por detrás de \(upstream.name)."))
        }
        let groups: [(String, [String])] = [
            (pick("In conflict", "En conflicto"), status.conflicted.map { "`\($0)`" }),
            (pick("Staged", "Preparado"), status.staged.map(words)),
            (pick("Changed", "Cambiado"), status.unstaged.map(words)),
            (pick("Untracked", "Sin seguimiento"), status.untracked.map { "`\($0)`" }),
        ]
        for (title, entries) in groups where !entries.isEmpty {
            lines.append("\n\(title):\n")
            lines += entries.map { "- \($0)" }
        }
        if lines.count == 1 {
            lines.append(
                pick(
                    "Nothing to commit, the working tree is clean.",
                    "Nada que confirmar, el árbol de trabajo está limpio."))
        }
        return lines.joined(separator: "\n")
    }

    private func words(_ entry: ChangedPath) -> String {
        "`\(entry.path)`" + (entry.change.map { " (\(change($0)))" } ?? "")
    }

    func branches(_ list: BranchList) -> String {
        guard !list.branches.isEmpty else { return pick("There are no branches yet.", "Todavía no hay ramas.") }
        let lines = list.branches.map { "- \($0.name)" + ($0.isHead ? pick(" (current)", " (actual)") : "") }
        return plural(lines.count, ("branch", "branches"), ("rama", "ramas")) + ":\n\n" + lines.joined(separator: "\n")
    }

    func tags(_ list: TagList) -> String {
        guard !list.tags.isEmpty else { return pick("There are no tags.", "No hay etiquetas.") }
        let lines = list.tags.map { "- \($0.name) (`\($0.short)`, \(day($0.date)))" }
        return plural(lines.count, ("tag", "tags"), ("etiqueta", "etiquetas")) + ":\n\n" + lines.joined(separator: "\n")
    }

    func remotes(_ list: RemoteList) -> String {
        guard !list.remotes.isEmpty else { return pick("There are no remotes.", "No hay remotos.") }
        return list.remotes.map { "- \($0.name): \($0.url)" }.joined(separator: "\n")
    }

    func branchCreated(_ made: MadeBranch, _ name: String) -> String {
        pick("Created the branch `\(name)` at `\(made.short)`.", "Creada la rama `\(name)` en `\(made.short)`.")
    }

    func checkedOut(_ moved: MovedHead, _ name: String) -> String {
        let short = moved.short ?? ""
        return pick("Switched to `\(name)` (`\(short)`).", "Cambiado a `\(name)` (`\(short)`).")
    }

    func tagCreated(_ made: MadeTag, _ name: String) -> String {
        pick("Created the tag `\(name)` at `\(made.short)`.", "Creada la etiqueta `\(name)` en `\(made.short)`.")
    }

    func committed(_ made: MadeCommit) -> String {
        let files = plural(made.files.count, ("file", "files"), ("archivo", "archivos"))
        let line = "`\(made.short)` \(made.subject)"
        return pick("Committed \(files) as \(line)", "Confirmado \(files) como \(line)")
    }
}
