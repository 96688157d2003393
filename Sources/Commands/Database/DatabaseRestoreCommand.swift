internal import Application
internal import ArgumentParser
internal import Settings

/// `vocero db restore`
struct DatabaseRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring a backup back.",
        discussion: """
            Into the database that is used, when there is nothing in it, or into a new one beside it. All of it is brought \
            in or nothing, and the rows are counted afterwards. Examples:

              vocero db restore vocero.dump
              vocero db restore vocero.dump --into from_may
            """)

    @Argument(
        help: ArgumentHelp("A file that `vocero db backup` wrote.", valueName: "file"), completion: .file())
    var file: String

    @Option(help: ArgumentHelp("Make a new database of this name on the same server.", valueName: "name"))
    var into: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        if let into, into.isEmpty || into.utf8.count > 63 || into.contains("\0") {
            throw ValidationError("--into takes a name of 1 to 63 bytes.")
        }
    }

    func run() async throws {
        let console = options.console
        let context = try await options.context(console, needsRepository: false)
        let restored = try await DatabaseProgram(context: context).restore(context.absolute(file), into: into)
        try console.writeLine("restored \(restored.contents.words)")
        guard let into else { return }
        if context.settings.databaseURL == nil, let connection = restored.connection {
            console.notice("use it with DATABASE_URL=\"\(connection)\"")
        } else {
            console.notice("use it by naming \(into) as the database in DATABASE_URL")
        }
    }
}
