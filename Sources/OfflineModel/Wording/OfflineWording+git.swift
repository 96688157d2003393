internal import Assistant
internal import Settings
internal import Tools

extension OfflineWording {
    private func line(of commit: CommitEntry) -> String {
        "- `\(commit.short)` \(commit.subject) — \(commit.author), \(day(commit.date))"
    }

    func commits(_ count: Int) -> String { plural(count, ("commit", "commits"), ("commit", "commits")) }

    func log(_ log: CommitList, scope: String) -> String {
        guard !log.commits.isEmpty else {
            return pick("There are no commits\(scope).", "No hay commits\(scope).") + shallow(log.isShallow)
        }
        let total = log.total ?? log.commits.count
        let head =
            total > log.commits.count
            ? pick(
                "The last \(log.commits.count) of \(commits(total))\(scope):",
                "Los últimos \(log.commits.count) de \(commits(total))\(scope):")
            : "\(commits(total))\(scope):"
        return head + "\n\n" + log.commits.map(line).joined(separator: "\n") + shallow(log.isShallow)
    }

    func count(_ log: CommitList, scope: String) -> String {
        "\(commits(log.total ?? log.commits.count))\(scope)." + shallow(log.isShallow)
    }

    private func shallow(_ isShallow: Bool) -> String {
        guard isShallow else { return "" }
        return "\n\n"
            + pick(
                "This clone is shallow: older commits are not here.",
                "Este clon es superficial: los commits más viejos no están aquí.")
    }

    func fileHistory(_ log: CommitList, path: String, scope: String) -> String {
        guard !log.commits.isEmpty else { return neverChanged(path, scope) }
        let total = log.total ?? log.commits.count
        let part =
            total > log.commits.count
            ? pick("The last \(log.commits.count) of ", "Los últimos \(log.commits.count) de ") : ""
        let head = pick(
            "\(part)\(commits(total))\(scope), newest first:",
            "\(part)\(commits(total))\(scope), del más nuevo al más viejo:")
        return head + "\n\n" + log.commits.map(line).joined(separator: "\n") + shallow(log.isShallow)
    }

    func lastChange(_ log: CommitList, path: String) -> String {
        guard let commit = log.commits.first else { return neverChanged(path, "") }
        let tail = "`\(commit.short)` \(commit.subject)"
        return pick(
            "\(commit.author) last changed `\(path)` on \(day(commit.date)): \(tail)",
            "\(commit.author) cambió `\(path)` por última vez el \(day(commit.date)): \(tail)")
    }

    func commit(_ view: CommitView) -> String {
        let commit = view.commit
        let head = "`\(commit.short)` \(commit.subject) — \(commit.author), \(day(commit.date))"
        let body = commit.body.isEmpty ? "" : "\n\n" + commit.body
        return head + body + "\n\n" + files(view.diff)
    }

    private func neverChanged(_ path: String, _ scope: String) -> String {
        scope.contains(path)
            ? pick("There are no commits\(scope).", "No hay commits\(scope).")
            : pick("No commit has changed `\(path)`.", "Ningún commit ha cambiado `\(path)`.")
    }

    func authors(_ list: ContributorList, path: String, scope: String) -> String {
        guard !list.people.isEmpty else { return neverChanged(path, scope) }
        return pick("Who has committed\(scope):", "Quién ha hecho commits\(scope):") + "\n\n" + people(list)
    }

    func blame(_ blame: BlameView, path: String, line: Int?, to last: Int?) -> String {
        guard !blame.authors.isEmpty else { return pick("`\(path)` has no lines.", "`\(path)` no tiene líneas.") }
        guard line != nil else {
            let lines = blame.authors.map {
                "- \($0.name): " + plural($0.lines, ("line", "lines"), ("línea", "líneas"))
            }
            return pick("Who wrote the lines of `\(path)`:", "Quién escribió las líneas de `\(path)`:") + "\n\n"
                + lines.joined(separator: "\n")
        }
        let hunks = blame.hunks.map { hunk in
            let lines =
                hunk.firstLine == hunk.lastLine
                ? pick("Line \(hunk.firstLine)", "Línea \(hunk.firstLine)")
                : pick("Lines \(hunk.firstLine) to \(hunk.lastLine)", "Líneas \(hunk.firstLine) a \(hunk.lastLine)")
            return "- \(lines): \(hunk.author), \(day(hunk.date)), `\(hunk.commit)` \(hunk.subject)"
        }
        return pick("In `\(path)`:", "En `\(path)`:") + "\n\n" + hunks.joined(separator: "\n")
    }

    func changes(_ view: DiffView, path: String?, staged: Bool) -> String {
        let from = view.from
        let to =
            view.to
            ?? (staged
                ? pick("the staging area", "el área de preparación") : pick("the working tree", "el árbol de trabajo"))
        let place = path.map { pick(" in `\($0)`", " en `\($0)`") } ?? ""
        guard !view.diff.files.isEmpty else {
            return pick(
                "Nothing differs between \(from) and \(to)\(place).",
                "No hay diferencias entre \(from) y \(to)\(place).")
        }
        let count = plural(
            view.diff.files.count, ("file differs", "files differ"), ("archivo difiere", "archivos difieren"))
        return count + pick(" between \(from) and \(to)\(place):", " entre \(from) y \(to)\(place):") + "\n\n"
            + files(view.diff)
    }

    private func files(_ diff: DiffText) -> String {
        let lines = diff.files.map { file in
            let counts = file.isBinary ? pick("binary", "binario") : "+\(file.insertions) −\(file.deletions)"
            return "- `\(file.path)` \(change(file.change)), \(counts)"
        }
        let more = diff.hasMoreFiles ? "\n" + pick("- … and more", "- … y más") : ""
        let shown = TokenEstimate.prefix(of: diff.patch, tokens: 2_000)
        let isCut = diff.isPatchCut || shown.utf8.count < diff.patch.utf8.count
        let note =
            isCut
            ? "\n\n" + pick("The diff is longer than what is shown.", "El diff es más largo que lo que se muestra.")
            : ""
        let patch = diff.patch.isEmpty ? "" : "\n\n\(fenced(String(shown), "diff"))\(note)"
        return lines.joined(separator: "\n") + more + patch
    }

    func change(_ name: String) -> String {
        guard language == .spanish else { return name }
        let names = [
            "added": "añadido", "modified": "modificado", "deleted": "borrado", "renamed": "renombrado",
            "copied": "copiado",
        ]
        return names[name] ?? name
    }

    func contributors(_ list: ContributorList, scope: String) -> String {
        guard !list.people.isEmpty else { return pick("There are no commits\(scope).", "No hay commits\(scope).") }
        return plural(list.people.count, ("author", "authors"), ("autor", "autores")) + "\(scope):\n\n" + people(list)
    }

    private func people(_ list: ContributorList) -> String {
        list.people.map { "- \($0.name) <\($0.email)>: \(commits($0.commits))" }.joined(separator: "\n")
            + shallow(list.isShallow)
    }

    func currentBranch(_ status: StatusView) -> String {
        if let branch = status.branch { return pick("On branch \(branch).", "En la rama \(branch).") }
        let commit = status.commit ?? ""
        return pick("HEAD is detached at `\(commit)`.", "HEAD está suelto en `\(commit)`.")
    }
}
