package import Application
internal import Settings

extension HookInstaller {
    /// For the context's directory. A repository that libgit2 cannot open has hooks too: only git is asked, and the
    /// context needs no repository.
    package init(_ context: Context) throws {
        self.init(
            directory: context.directory, program: try RunningProgram.path(inPath: Context.environment["PATH"]),
            scriptDirectory: context.settings.places.home + "/hooks/scripts")
    }
}
