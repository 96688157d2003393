internal import ArgumentParser

struct HookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook",
        abstract: "Answer git hooks: drafts of commit messages, summaries of what goes out and comes in.",
        discussion: """
            Examples:

              vocero hook install                          every hook but commit-msg, in this repository
              vocero hook install prepare-commit-msg
              vocero hook status
              vocero hook run prepare-commit-msg           a draft for what is staged, on stdout
              vocero hook run pre-push --range main..HEAD
              vocero hook run prepare-commit-msg --show-payload
              vocero hook last                             what came in with the last pull or branch switch

            VOCERO=0 switches the hooks off for one command, `git config vocero.hooks false` for a repository.
            """,
        subcommands: [
            HookInstallCommand.self, HookUninstallCommand.self, HookStatusCommand.self, HookRunCommand.self,
            HookLastCommand.self, HookScriptCommand.self,
        ])
}
