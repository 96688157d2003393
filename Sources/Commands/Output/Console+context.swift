internal import Application
internal import Settings

extension Console: Reporter {
    var isVerbose: Bool { verbose }
}

extension GlobalOptions {
    /// The standard streams, as these options want them.
    var console: Console { Console(environment: Context.environment, verbose: verbose) }

    /// What the command works with; what happens on the way is told on the console.
    func context(
        _ console: Console, flags: [SettingEntry] = [], needsRepository: Bool = true
    ) async throws -> Context {
        try await Context.make(
            directory: directory, reporter: console, flags: flags, needsRepository: needsRepository)
    }
}
