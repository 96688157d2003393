/// What stands before git's subcommand: what holds whatever anybody's configuration says.
enum GitFront {
    static func words(_ purpose: GitProgram.Purpose) -> [String] {
        switch purpose {
        case .read: quiet + safe + strict
        case .write: strict
        case .configure: []
        }
    }

    private static let strict = ["--literal-pathspecs", "-c", "core.protectHFS=true", "-c", "core.protectNTFS=true"]

    /// One form of output, no lock taken, nothing written.
    private static let quiet = [
        "-c", "core.quotePath=false", "-c", "color.ui=false", "-c", "diff.mnemonicPrefix=false",
        "-c", "diff.noprefix=false", "-c", "gc.auto=0", "-c", "diff.autoRefreshIndex=false", "--no-optional-locks",
    ]

    /// What runs something else: also where the person's own configuration has it.
    private static let safe = [
        "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false",
        "-c", "core.pager=cat", "-c", "diff.submodule=short", "-c", "diff.ignoreSubmodules=dirty",
        "-c", "status.submoduleSummary=false", "-c", "submodule.recurse=false", "-c", "core.alternateRefsCommand=",
    ]

    /// git asks nobody, shows nothing page by page, and fetches nothing that a partial clone lacks.
    static let variables = [
        "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "false", "GIT_SEQUENCE_EDITOR": "false", "GIT_PAGER": "cat",
        "GIT_ASKPASS": "false", "SSH_ASKPASS": "false", "SSH_ASKPASS_REQUIRE": "force", "LC_ALL": "C",
    ]
    static let withoutNetwork = ["GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": ""]

    /// Of this process's environment, besides what every child gets.
    private static let kept: Set<String> = ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"]
    private static let keptInHooks: Set<String> = [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR", "GIT_QUARANTINE_PATH", "GIT_PREFIX",
    ]

    static func passes(_ variable: String, inHook: Bool) -> Bool {
        kept.contains(variable) || inHook && keptInHooks.contains(variable)
    }
}
