internal import Application

extension Context {
    /// The console of the command that made this.
    var console: Console {
        (reporter as? Console) ?? Console(environment: Context.environment, verbose: reporter.isVerbose)
    }

    static func make(
        _ options: GlobalOptions, isHook: Bool = false, needsRepository: Bool = true, survivesMistakes: Bool = false
    ) async throws -> Context {
        try await make(
            directory: options.directory, reporter: options.console, needsRepository: needsRepository, isHook: isHook,
            survivesMistakes: survivesMistakes)
    }
}
