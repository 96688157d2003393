internal import Application
internal import ArgumentParser
internal import HookInstall

/// `vocero hook install`
struct HookInstallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: "Have git ask Vocero in this repository.",
        discussion: """
            With git 2.54 or later the hooks are configured beside any other hooks; before that a script goes into the \
            directory git uses, and a hook that is there already is kept and runs first. Without names, every hook \
            but commit-msg. Examples:

              vocero hook install
              vocero hook install prepare-commit-msg pre-push
              vocero hook install --global      in all your repositories
              vocero hook install --shared      where core.hooksPath leads elsewhere
            """)

    @Argument(help: ArgumentHelp("The hooks.", valueName: "name")) var names: [String] = []
    @Flag(help: "For all your repositories.") var global = false
    @Flag(help: "Also into a hooks directory that other repositories use.") var shared = false
    @OptionGroup var options: GlobalOptions

    func validate() throws { _ = try wanted }

    private var wanted: [HookName] {
        get throws { try HookName.wanted(names, default: HookName.installedByDefault) }
    }

    func run() async throws {
        let console = options.console
        let installer = try await HookInstaller.make(options, console)
        let report =
            try await global
            ? installer.installGlobally(wanted, isShared: shared) : installer.install(wanted, isShared: shared)
        let status = try console.show(report)
        if status != .done { throw Ended(status: status) }
    }
}

extension HookName {
    /// The names that a person typed, as a usage error where one is unknown.
    static func wanted(_ words: [String], default fallback: [HookName]) throws -> [HookName] {
        do throws(HookError) {
            return try named(words, default: fallback)
        } catch {
            throw ValidationError(error.message)
        }
    }
}

extension HookInstaller {
    /// A repository that libgit2 cannot open has hooks too: only git is asked.
    static func make(_ options: GlobalOptions, _ console: Console) async throws -> HookInstaller {
        try HookInstaller(try await options.context(console, needsRepository: false))
    }
}
