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
        get throws { try HookInstallation.names(names, default: HookName.installedByDefault) }
    }

    func run() async throws {
        let installation = try await HookInstallation.make(options)
        let report =
            try await global
            ? installation.installer.installGlobally(wanted, isShared: shared)
            : installation.installer.install(wanted, isShared: shared)
        try installation.show(report)
    }
}
