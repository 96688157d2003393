internal import Application
internal import ArgumentParser
internal import Glibc
internal import HookInstall
internal import Hooks

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
        let console = options.console
        let call = HookCall(
            name, arguments: arguments, range: range, isCalledByGit: HookProcess.isCalledByGit,
            showsPayload: showPayload, isForProgram: json, input: { try await InputText.standardInput(console) })
        let process = HookProcess(directory: options.directory, reporter: console, giveUp: Self.giveUp)
        let outcome = try await process.run(call)
        do {
            try console.show(outcome, of: call)
        } catch  where call.isCalledByGit {
            console.fail(Failure(any: error).onOneLine)
        }
        if case .refused = outcome { throw Ended(status: .failed) }
    }

    /// Whatever the process hangs in: nothing is locked or waited for, and git goes on.
    private static func giveUp(_ sentence: String) {
        let line = "vocero: \(sentence)\n"
        _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        _exit(ExitStatus.done.rawValue)
    }
}

extension HookName: ExpressibleByArgument {}
