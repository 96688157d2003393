internal import Confinement
internal import Files
internal import FoundationEssentials
internal import Glibc
internal import Postgres
internal import Services
internal import Settings
internal import Subprocess
internal import SystemPackage

/// psql and pg_dump, of the version that fits the server.
package struct DatabaseProgram: Sendable {
    private let context: Context

    package init(context: Context) { self.context = context }

    /// The custom format, written beside the target and renamed when it is whole.
    package func backUp(to file: String) async throws {
        guard !FileSystem.exists(file) else {
            throw Failure(.usage, "\(file) exists already; name another file")
        }
        let connection = try await connectionString()
        let partial = file + ".part"
        // Once it is renamed there is none to remove.
        defer { try? FileSystem.remove(partial) }
        // Whoever can read it can read every turn: it is the user's alone before the first byte is in it.
        try? FileSystem.remove(partial)
        do {
            _ = try OpenFile(partial, [.write, .createNew, .noFollow], permissions: 0o600)
        } catch {
            throw Failure(.failed, "\(file) could not be written: \(error.reason)")
        }
        let result = try await Subprocess.run(
            try executable("pg_dump"),
            arguments: ["--format=custom", "--no-owner", "--file=\(partial)"],
            environment: environment(connection), output: .discarded, error: .string(limit: 1 << 16))
        guard result.terminationStatus.isSuccess else {
            let said = result.standardError.split(separator: "\n").last.map(String.init) ?? "no reason given"
            throw Failure(.failed, "pg_dump failed: \(said)")
        }
        do {
            try OpenFile(partial).synchronize()
            try FileSystem.rename(partial, to: file, isDurable: true)
        } catch {
            throw Failure(.failed, "\(file) could not be written: \(error.reason)")
        }
    }

    /// Replaces this process, so that the terminal is psql's own.
    package func becomePsql(_ arguments: [String]) async throws {
        let connection = try await connectionString()
        let program = try path("psql")
        let words = [program] + arguments
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        pointers.append(nil)
        var all = databaseEnvironment(connection).map { strdup("\($0.key)=\($0.value)") }
        all.append(nil)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { signal(number, SIG_DFL) }
        execve(program, pointers, all)
        throw Failure(
            .failed, "\(program) could not be started: \(FileError.ofLastCall("start", program).reason)")
    }

    private func connectionString() async throws -> String {
        if let url = context.settings.databaseURL { return url }
        let reporter = context.reporter
        let connection = try await context.cluster.connectionString { reporter.progress($0) }
        reporter.clearProgress()
        return connection
    }

    /// libpq's variables for a connection string.
    private func variables(_ connection: String) -> [String: String] {
        PostgresConnection.environment(of: connection)
    }

    /// libpq's and psql's variables, and no key of ours. Not among the arguments: those are seen by every user of the
    /// machine.
    private func databaseEnvironment(_ connection: String) -> [String: String] {
        let own = Context.environment.filter { name, _ in
            ["PG", "PSQL"].contains { name.hasPrefix($0) } || ["EDITOR", "VISUAL", "PAGER", "LESS"].contains(name)
        }
        return ChildEnvironment.variables().merging(own) { $1 }.merging(variables(connection)) { $1 }
    }

    private func environment(_ connection: String) -> Environment {
        var all: [Environment.Key: String] = [:]
        for (name, value) in databaseEnvironment(connection) {
            all[Environment.Key(rawValue: name) ?? "PGHOST"] = value
        }
        return .custom(all)
    }

    private func executable(_ name: String) throws -> Executable { .path(FilePath(try path(name))) }

    /// The private cluster's own program, else the one on PATH.
    private func path(_ name: String) throws -> String {
        var directories = (Context.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        if context.settings.databaseURL == nil, let own = context.cluster.programDirectory {
            directories.insert(own, at: 0)
        }
        for directory in directories where FileSystem.isExecutable("\(directory)/\(name)") {
            return "\(directory)/\(name)"
        }
        throw Failure(.configuration, "\(name) is not installed; install postgresql-client or run scripts/setup")
    }
}
