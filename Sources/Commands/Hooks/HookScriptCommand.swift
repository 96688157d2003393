internal import ArgumentParser
internal import HookInstall

/// `vocero hook script`
struct HookScriptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "script", abstract: "Print the script of a hook, for other programs that run hooks.",
        discussion: """
            For files that a team shares, where a path of one machine is of no use. Example:

              sh -c "$(vocero hook script pre-push)" pre-push "$@"
            """)

    @Argument(help: ArgumentHelp("The hook.", valueName: "name")) var name: HookName

    func run() throws {
        let program = try RunningProgram.path(inPath: Context.environment["PATH"])
        print(String(decoding: HookScript(name, program: program).bytes, as: UTF8.self), terminator: "")
    }
}
