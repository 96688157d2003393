internal import Application
internal import ArgumentParser

/// `vocero db`
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db",
        abstract: "Look after the database: migrate, back up, restore, open psql.",
        discussion: """
            Examples:

              vocero db migrate
              vocero db backup vocero.dump
              vocero db restore vocero.dump
              vocero db psql -- -c "select count(*) from messages"
            """,
        subcommands: [
            DatabaseMigrate.self, DatabaseBackup.self, DatabaseRestore.self, DatabaseEmbed.self, DatabasePsql.self,
        ])
}

struct DatabaseMigrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the tables to this program's version; every command does it too.")

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = options.console
        let context = try await options.context(console, needsRepository: false)
        try await context.withStore { _ in
            try console.writeLine("the schema is at version \(OpenStore.schemaVersion)")
        }
    }
}

struct DatabaseBackup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write the whole database to a file.",
        discussion: """
            Only its owner may read the file. Whole turns are in it, and batches; undo's bytes and the spool are files of \
            the data directory and are not. Bring it back by `vocero db restore`.
            """)

    @Argument(help: ArgumentHelp("The file to write; it must not exist.", valueName: "file"), completion: .file())
    var file: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let console = options.console
        let context = try await options.context(console, needsRepository: false)
        let contents = try await DatabaseProgram(context: context).backUp(to: context.absolute(file))
        try console.writeLine("wrote \(file): \(contents.words)")
    }
}

struct DatabasePsql: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psql", abstract: "Open psql on the database, or run it with these arguments.")

    @Argument(parsing: .captureForPassthrough, help: ArgumentHelp("Arguments of psql.", valueName: "argument"))
    var arguments: [String] = []

    func run() async throws {
        let options = try GlobalOptions.parse([])
        let context = try await options.context(options.console, needsRepository: false)
        let passed = arguments.first == "--" ? Array(arguments.dropFirst()) : arguments
        try await DatabaseProgram(context: context).becomePsql(passed)
    }
}
