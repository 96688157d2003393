internal import Assistant
internal import Settings
internal import Tools

extension OfflineWording {
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

    func branches(_ list: BranchList, onlyRemote: Bool = false, merged: Bool? = nil, into: String = "HEAD") -> String {
        let branches = onlyRemote ? list.branches.filter(\.isRemote) : list.branches
        let kind =
            (onlyRemote ? pick(" of remotes", " de remotos") : "")
            + (merged.map {
                $0
                    ? pick(" merged into \(into)", " fusionadas en \(into)")
                    : pick(" not merged into \(into)", " sin fusionar en \(into)")
            } ?? "")
        guard !branches.isEmpty else { return pick("There are no branches\(kind).", "No hay ramas\(kind).") }
        let lines = branches.map { "- \($0.name)" + ($0.isHead ? pick(" (current)", " (actual)") : "") }
        return plural(lines.count, ("branch", "branches"), ("rama", "ramas")) + "\(kind):\n\n"
            + lines.joined(separator: "\n")
    }

    func latestTag(_ list: TagList) -> String {
        guard let tag = list.tags.first else { return pick("There are no tags.", "No hay etiquetas.") }
        let message = tag.message.flatMap { $0.split(separator: "\n").first }.map { ": \($0)" } ?? ""
        return pick(
            "The newest tag is `\(tag.name)` (`\(tag.short)`, \(day(tag.date)))\(message)",
            "La etiqueta más nueva es `\(tag.name)` (`\(tag.short)`, \(day(tag.date)))\(message)")
    }

    func staged(_ paths: StagedPaths) -> String {
        guard !paths.paths.isEmpty else { return pick("There was nothing to stage.", "No había nada que preparar.") }
        return pick("Staged ", "Preparado ") + paths.paths.map { "`\($0)`" }.joined(separator: ", ") + "."
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
