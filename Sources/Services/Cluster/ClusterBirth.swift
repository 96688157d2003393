internal import Files
internal import FoundationEssentials
internal import Glibc

/// Makes a data directory: beside its place, and moved there when it is whole, so that an interrupted birth
/// leaves nothing that looks like a cluster.
struct ClusterBirth {
    let directories: ServiceDirectories
    let user: ServiceUser
    let found: PostgresSearch.Found
    let profile: ClusterProfile

    static let role = "vocero"
    static let database = "vocero"

    /// The caller holds the cluster's lock.
    func make(at dataDirectory: String) async throws(ServicesError) {
        let draft = "\(directories.cluster)/new-\(getpid())"
        try ServiceDirectories.make(draft, mode: 0o700, owner: user)
        do throws(ServicesError) {
            try await initialize(draft)
            try await addDatabase(draft)
            if profile == .standard { try await flush(draft) }
            do throws(FileError) {
                try FileSystem.rename(draft, to: dataDirectory)
            } catch {
                throw ServicesError(error, doing: "make", dataDirectory)
            }
            if profile == .standard { try await flush(dataDirectory) }
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw error
        }
    }

    /// Removes what interrupted births left. The caller holds the lock, so none is under way.
    static func removeLeftovers(in directories: ServiceDirectories) {
        for name in FileSystem.names(in: directories.cluster) where name.hasPrefix("new-") {
            try? FileManager.default.removeItem(atPath: directories.cluster + "/" + name)
        }
    }

    private func initialize(_ draft: String) async throws(ServicesError) {
        var command = [
            found.installation.initdb, "--no-sync", "--pgdata", draft, "--username", Self.role, "--auth", "trust",
            "--encoding", "UTF8", "--locale", "C.UTF-8",
        ]
        // Its upper and lower case are those of Unicode, on every system the same.
        if found.major >= 17 { command += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"] }
        let ended = try await launcher.run(command)
        guard ended.succeeded else { throw failure(ended.output) }
    }

    /// A server in single-user mode needs no socket and no start: 40 ms for both statements.
    private func addDatabase(_ draft: String) async throws(ServicesError) {
        let statements = "CREATE EXTENSION vector\n;\nCREATE DATABASE \(Self.database)\n;\n"
        let ended = try await launcher.run(
            [found.installation.server, "--single", "-F", "-D", draft, "template1"], input: statements)
        guard ended.succeeded, !ended.output.contains("ERROR:") else { throw failure(ended.output) }
        let access = draft + "/pg_hba.conf"
        let rule = "# Reached by the socket only; its directory admits only the owner.\nlocal all all trust\n"
        let written = try await launcher.run(["/bin/sh", "-c", "cat >\"$1\"", "sh", access], input: rule)
        guard written.succeeded else { throw failure(written.output) }
    }

    private var launcher: Launcher { Launcher(user: user) }

    private func failure(_ output: String) -> ServicesError {
        if Task.isCancelled { return .cancelled }
        return ServerComplaint(output, in: directories.cluster).error(
            .creationFailed, "PostgreSQL could not make the private database in \(directories.cluster)")
    }

    /// One call writes out what initdb left in memory; flushing its thousand files one by one takes seconds.
    private func flush(_ path: String) async throws(ServicesError) {
        let ended = try await Launcher(user: user).run(["sync", "-f", path])
        guard ended.succeeded else { throw failure(ended.output) }
    }
}
