/// The keys of git's configuration whose value is a command, or leads to one: what a person is shown first. Whether
/// a key counts does not depend on this list, but on ``HarmlessKeys``.
enum CommandKeys {
    static let patterns = [
        "core.sshcommand", "core.fsmonitor", "core.pager", "core.editor", "core.hookspath", "core.askpass",
        "core.gitproxy", "core.alternaterefscommand", "credential.helper", "credential.*.helper", "diff.external",
        "diff.*.command", "diff.*.textconv", "diff.tool", "diff.guitool", "difftool.*.cmd", "difftool.*.path",
        "mergetool.*.cmd", "mergetool.*.path", "merge.tool", "merge.guitool", "merge.*.driver", "filter.*.clean",
        "filter.*.smudge", "filter.*.process", "gpg.program", "gpg.*.program", "gpg.ssh.defaultkeycommand",
        "interactive.difffilter", "pager.*", "sequence.editor", "uploadpack.packobjectshook", "remote.*.uploadpack",
        "remote.*.receivepack", "remote.*.vcs", "remote.*.proxy", "submodule.*.update", "trailer.*.command",
        "trailer.*.cmd", "alias.**", "protocol.allow", "protocol.*.allow", "url.*.insteadof", "url.*.pushinsteadof",
        "web.browser", "browser.*.cmd", "browser.*.path", "man.viewer", "man.*.cmd", "man.*.path", "help.browser",
        "guitool.*.cmd", "sendemail.**", "hook.*.command", "imap.tunnel", "instaweb.**", "tar.*.command",
        "gc.recentobjectshook", "receive.procreceiverefs", "lfs.extension.**", "lfs.customtransfer.**",
        "http.proxy", "http.*.proxy", "include.path", "includeif.*.path", "vocero.pager", "vocero.recorder",
    ]

    /// Run by what git does for a commit or a checkout, hooks apart.
    private static let ofWrites = [
        "filter.*.clean", "filter.*.smudge", "filter.*.process", "gpg.program", "gpg.*.program",
        "gpg.ssh.defaultkeycommand", "lfs.extension.**", "merge.*.driver", "trailer.*.command", "trailer.*.cmd",
    ]

    static func isCommand(_ key: ConfigurationKey) -> Bool { patterns.contains { key.matches($0) } }

    static func isRunByWrites(_ key: ConfigurationKey) -> Bool { ofWrites.contains { key.matches($0) } }
}
