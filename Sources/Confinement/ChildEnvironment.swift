internal import FoundationEssentials

/// What of this process's environment a program that it starts gets to see: a list of what passes, so that no key,
/// token or password does, whatever its name is.
package enum ChildEnvironment {
    private static let passed: Set<String> = [
        "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TZDIR", "TMPDIR", "TERM", "COLORTERM",
        "NO_COLOR",
        "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "LD_LIBRARY_PATH",
    ]
    /// What the hooks of a commit and the programs that sign it look at.
    private static let passedToTools: Set<String> = [
        "GNUPGHOME", "GPG_TTY", "SSH_AUTH_SOCK", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS",
        "ASDF_DATA_DIR", "ASDF_DIR", "CARGO_HOME", "CONDA_PREFIX", "GEM_HOME", "GEM_PATH", "GOPATH", "GOROOT",
        "JAVA_HOME", "NODE_PATH", "NVM_BIN", "NVM_DIR", "PRE_COMMIT_HOME", "PYENV_ROOT", "PYTHONPATH", "RBENV_ROOT",
        "RUSTUP_HOME", "VIRTUAL_ENV", "VOLTA_HOME",
    ]

    /// `forTools`: also where toolchains and agents are, for what runs a person's own hooks.
    package static func variables(forTools: Bool = false) -> [String: String] {
        let all = ProcessInfo.processInfo.environment
        var kept = all.filter { name, _ in
            passed.contains(name) || name.hasPrefix("LC_") || forTools && passedToTools.contains(name)
        }
        kept["PATH"] = searchPath(all["PATH"]).joined(separator: ":")
        return kept
    }

    /// The directories of `PATH`. One that is not absolute would be looked for in the repository.
    static func searchPath(_ text: String?) -> [String] {
        let found = (text ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
        return found.isEmpty ? ["/usr/local/bin", "/usr/bin", "/bin"] : found
    }
}
