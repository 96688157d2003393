internal import Application
package import ArgumentParser

/// The command line: what there is, not what it does.
package struct Vocero: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "vocero",
        abstract: "An assistant that you speak to, or write to, about a repository.",
        discussion: """
            Without a key or a server it works offline, with local speech and embeddings. Examples:

              vocero ask "summarize the last three commits"
              vocero ask --audio request.wav
              vocero transcribe interview.flac --format srt
              vocero search "what did I decide about the parser"
              vocero batch run prompts
              vocero doctor

            Shell completions: vocero --generate-completion-script bash|zsh|fish
            """,
        version: ProgramVersion.current,
        subcommands: [
            AskCommand.self, TranscribeCommand.self, HistoryCommand.self, SearchCommand.self, SessionsCommand.self,
            ShowCommand.self, ServicesCommand.self, DatabaseCommand.self, ConfigCommand.self, TrustCommand.self,
            DoctorCommand.self, AgentsCommand.self, HookCommand.self, BatchCommand.self,
        ])

    package init() {}

    /// Carries out the process's command line; never returns.
    package static func start() -> Never { CommandRun(root: Vocero.self).main() }
}
