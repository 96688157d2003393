internal import ArgumentParser
internal import HookInstall

struct HookRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Do what a hook does, by hand or from git.",
        discussion: """
            By hand the answer goes to stdout:

              vocero hook run prepare-commit-msg                     a draft for what is staged
              vocero hook run prepare-commit-msg --range HEAD~3..HEAD
              vocero hook run commit-msg .git/COMMIT_EDITMSG         where message and change disagree
              vocero hook run pre-push --range origin/main..HEAD     what would go out
              vocero hook run post-merge --range ORIG_HEAD..HEAD     what came in
              vocero hook run post-commit HEAD                       remember this commit
              vocero hook run prepare-commit-msg --show-payload      what would be sent, and nothing is

            Git calls it from the installed scripts with VOCERO_HOOK set; then it never fails and never asks, and is
            done within `git config vocero.hook.deadline` (8 s).
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: ArgumentHelp("The hook.", valueName: "name"))
    var name: HookName

    @Argument(help: ArgumentHelp("What git gives the hook.", valueName: "argument"))
    var arguments: [String] = []

    @Option(help: ArgumentHelp("Look at the change from A to B instead.", valueName: "A..B"))
    var range: String?

    @Flag(help: "Print the bytes that would be sent, a request a line, and send nothing.")
    var showPayload = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if showPayload && json { throw ValidationError("--show-payload prints JSON already: leave --json out.") }
        if let range, !range.contains("..") {
            throw ValidationError("--range takes two commits, such as main..HEAD.")
        }
    }

    func run() async throws {
        try await HookRunning(command: self).run()
    }
}

extension HookName: ExpressibleByArgument {}
