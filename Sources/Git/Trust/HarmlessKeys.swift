/// Which keys of a repository's own configuration count when it is read, whoever wrote them: those that say how its
/// files are stored and named, and no others. A key that a later git has is not among them.
enum HarmlessKeys {
    /// What git gets to see for a read.
    private static let read = [
        "core.repositoryformatversion", "core.bare", "core.filemode", "core.ignorecase", "core.precomposeunicode",
        "core.symlinks", "core.autocrlf", "core.eol", "core.sparsecheckout", "core.sparsecheckoutcone",
        "core.checkstat", "core.trustctime", "core.abbrev", "core.logallrefupdates", "core.commentchar",
        "core.commentstring", "core.multipackindex", "core.commitgraph", "index.sparse", "index.version",
        "branch.*.remote", "branch.*.merge", "remote.*.fetch", "diff.renames", "diff.renamelimit", "diff.algorithm",
        "i18n.commitencoding", "i18n.logoutputencoding", "extensions.*",
    ]
    /// What nothing that Vocero does for a read looks at, and what everybody has: nothing to be asked about.
    private static let usual = [
        "user.name", "user.email", "user.signingkey", "author.*", "committer.*", "branch.**", "remote.*.url",
        "remote.*.pushurl", "remote.*.tagopt", "remote.*.prune", "remote.*.mirror", "remote.*.gh-resolved",
        "remote.*.skipfetchall", "remote.pushdefault", "submodule.active", "submodule.*.url", "submodule.*.active",
        "submodule.*.branch", "commit.gpgsign", "tag.gpgsign", "pull.*", "push.*", "rebase.autostash",
        "rebase.autosquash", "merge.ff", "merge.conflictstyle", "merge.renames", "rerere.*", "color.**", "gui.*",
        "core.safecrlf", "core.whitespace", "core.sharedrepository", "core.splitindex", "core.untrackedcache",
        "core.quotepath", "core.longpaths", "core.compression", "core.bigfilethreshold", "core.preloadindex",
        "core.deltabasecachelimit", "core.packedgitlimit", "core.packedgitwindowsize", "core.hidedotfiles",
        "core.protecthfs", "core.protectntfs", "pack.*", "gc.auto", "gc.autodetach", "gc.pruneexpire",
        "gc.reflogexpire", "fetch.prune", "fetch.prunetags", "fetch.parallel", "fetch.writecommitgraph",
        "feature.*", "init.defaultbranch", "log.date", "status.*", "advice.*", "lfs.repositoryformatversion",
        "maintenance.auto", "maintenance.strategy", "index.threads", "receive.denycurrentbranch",
        "receive.denynonfastforwards", "receive.denydeletes",
    ]
    /// Of Vocero's own, what a repository may set for itself.
    private static let style = ["vocero.hooks", "vocero.language", "vocero.chat.model"]
    private static let styleSections = ["hook", "commit", "limits", "paths"]

    /// Whether git gets to see it when a repository is read that nobody has allowed anything.
    static func isForReading(_ key: ConfigurationKey) -> Bool {
        // Missing objects are not fetched; the entries of a work tree's own file are put beside the others.
        let isLeftOut = key.section == "extensions" && ["partialclone", "worktreeconfig"].contains(key.name)
        return !isLeftOut && read.contains { key.matches($0) }
    }

    /// Whether a person need not be asked about it.
    static func isUsual(_ key: ConfigurationKey, value: String) -> Bool {
        if key.section == "vocero" { return isStyle(key) }
        // A switch; any other value is a command.
        if key.matches("core.fsmonitor") {
            return ["true", "false", "yes", "no", "1", "0"].contains(value.lowercased())
        }
        if key.matches("extensions.partialclone") { return false }
        return read.contains { key.matches($0) } || usual.contains { key.matches($0) }
    }

    private static func isStyle(_ key: ConfigurationKey) -> Bool {
        if let section = key.subsection {
            return styleSections.contains(section.lowercased()) || key.matches("vocero.chat.model")
        }
        return style.contains { key.matches($0) } || key.name == "vocabulary"
    }
}
