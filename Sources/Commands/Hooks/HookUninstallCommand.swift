internal import Application
internal import ArgumentParser
internal import HookInstall

/// `vocero hook uninstall`
struct HookUninstallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Take out what install put in, and nothing else.",
        discussion: """
            A hook that was there before has its name and its bytes again. A script that was edited since is left, \
            and said. Examples:

              vocero hook uninstall
              vocero hook uninstall pre-push
              vocero hook uninstall --global
            """)

    @Argument(help: ArgumentHelp("The hooks; all without a name.", valueName: "name")) var names: [String] = []
    @Flag(help: "What was installed for all your repositories.") var global = false
    @Flag(help: "Also from a hooks directory that other repositories use.") var shared = false
    @OptionGroup var options: GlobalOptions

    func validate() throws { _ = try wanted }

    private var wanted: [HookName] {
        get throws { try HookName.wanted(names, default: HookName.allCases) }
    }

    func run() async throws {
        let console = options.console
        let installer = try await HookInstaller.make(options, console)
        let report =
            try await global ? installer.uninstallGlobally(wanted) : installer.uninstall(wanted, isShared: shared)
        let status = try console.show(report, quiet: [.absent])
        if status != .done { throw Ended(status: status) }
        if report.changes.allSatisfy({ $0.result == .absent }) {
            console.notice("nothing of Vocero's is installed in \(report.place)")
        }
    }
}
