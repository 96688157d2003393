internal import Confinement
internal import Files
internal import FoundationEssentials
internal import Glibc
internal import Postgres
internal import Services
internal import Settings
internal import Subprocess
internal import SystemPackage

/// psql, pg_dump and pg_restore, of the version that fits the server.
package struct DatabaseProgram: Sendable {
    let context: Context

    package init(context: Context) { self.context = context }

    /// Replaces this process, so that the terminal is psql's own.
    package func becomePsql(_ arguments: [String]) async throws {
        let connection = try await connectionString()
        let program = try anyPath(of: "psql")
        let words = [program] + arguments
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        pointers.append(nil)
        var all = databaseEnvironment(connection).map { strdup("\($0.key)=\($0.value)") }
        all.append(nil)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { signal(number, SIG_DFL) }
        // This thread's, which becomes psql's: threads of a pool are given none of the signals.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        execve(program, pointers, all)
        throw Failure(
            .failed, "\(program) could not be started: \(FileError.ofLastCall("start", program).reason)")
    }

    func connectionString() async throws -> String {
        if let url = context.settings.databaseURL { return url }
        let reporter = context.reporter
        let connection = try await context.cluster.connectionString { reporter.progress($0) }
        reporter.clearProgress()
        return connection
    }

    /// Runs a program to its end; a failure is the last that it said.
    func run(
        _ program: String, _ arguments: [String], on connection: String, database: String? = nil
    ) async throws {
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments),
            environment: environment(connection, database: database), output: .discarded, error: .string(limit: 1 << 16)
        )
        guard !result.terminationStatus.isSuccess else { return }
        throw Failure(.failed, "\(FileSystem.name(of: program)) failed: \(Self.reason(result.standardError))")
    }

    /// The first error, without the program's name in front of it.
    static func reason(_ said: String) -> String {
        let lines = said.split(whereSeparator: \.isNewline)
        let line = lines.first { $0.contains("error:") || $0.contains("FATAL") || $0.contains("ERROR") } ?? lines.last
        guard let line else { return "no reason given" }
        return line.firstRange(of: "error: ").map { String(line[$0.upperBound...]) } ?? String(line)
    }

    /// libpq's and psql's variables, and no key of ours. Not among the arguments: those are seen by every user of the
    /// machine.
    private func databaseEnvironment(_ connection: String) -> [String: String] {
        let own = Context.environment.filter { name, _ in
            ["PG", "PSQL"].contains { name.hasPrefix($0) } || ["EDITOR", "VISUAL", "PAGER", "LESS"].contains(name)
        }
        let variables = PostgresConnection.environment(of: connection)
        return ChildEnvironment.variables().merging(own) { $1 }.merging(variables) { $1 }
    }

    func environment(_ connection: String, database: String? = nil) -> Environment {
        var all: [Environment.Key: String] = [:]
        for (name, value) in databaseEnvironment(connection) {
            all[Environment.Key(rawValue: name) ?? "PGHOST"] = value
        }
        if let database { all["PGDATABASE"] = database }
        return .custom(all)
    }

    func programs(for major: Int) -> ServerPrograms { ServerPrograms(directories: directories, major: major) }

    private func anyPath(of name: String) throws -> String {
        for directory in directories where FileSystem.isExecutable("\(directory)/\(name)") {
            return "\(directory)/\(name)"
        }
        throw Failure(.configuration, "\(name) is not installed; install postgresql-client or run scripts/setup")
    }

    /// The private cluster's own, PATH, Debian's, and what scripts/setup has installed, the newest first.
    private var directories: [String] {
        var directories: [String] = []
        if context.settings.databaseURL == nil, let own = context.cluster.programDirectory { directories.append(own) }
        directories += (Context.environment["PATH"] ?? "").split(separator: ":").map(String.init).filter {
            // Another would be looked for in the repository.
            $0.hasPrefix("/")
        }
        for root in ["/usr/lib/postgresql", context.settings.places.home + "/opt/postgres"] {
            directories += FileSystem.names(in: root).sorted().reversed().map { "\(root)/\($0)/bin" }
        }
        return directories
    }
}
