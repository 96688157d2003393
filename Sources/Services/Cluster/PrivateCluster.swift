internal import Files
internal import FoundationEssentials
internal import Glibc
internal import SystemPackage

/// A PostgreSQL of our own below the data directory: made on first use, started on demand, reached by its
/// Unix socket only, and left running for the next command.
package struct PrivateCluster: Sendable {
    let directories: ServiceDirectories
    let configured: String?
    let profile: ClusterProfile

    /// - Parameters:
    ///   - home: the data directory.
    ///   - postgresDirectory: where `bin/postgres` or `postgres` must be taken from; nil searches.
    ///   - profile: how the server is set up.
    package init(home: String, postgresDirectory: String? = nil, profile: ClusterProfile = .standard) {
        directories = ServiceDirectories(home: home)
        configured = postgresDirectory
        self.profile = profile
    }

    /// PostgreSQL's own data directory.
    package var dataDirectory: String { directories.cluster + "/data" }

    /// Where the server's messages go.
    package var logFile: String { directories.logs + "/postgres.log" }

    /// How to reach the server if it is ready now, after three small reads: no process, no lock, no connection.
    package var runningConnectionString: String? {
        guard case .ready(let file) = observe() else { return nil }
        return connectionString(socketDirectory: file.socketDirectory)
    }

    /// How to reach the database, whose server is made and started first where that is needed.
    ///
    /// However many commands ask at the same moment, there is one server, and all get it.
    package func connectionString(
        progress: (@Sendable (String) -> Void)? = nil
    ) async throws(ServicesError) -> String {
        if let running = runningConnectionString { return running }
        let user = try serverUser()
        try directories.prepare(for: user)
        while true {
            if let lock = try FileLock.ofService(lockFile) {
                defer { lock.release() }
                return try await ClusterStart(cluster: self, user: user, progress: progress).run()
            }
            try await pause(.milliseconds(2))
            if let running = runningConnectionString { return running }
        }
    }

    /// Disconnects everybody, rolls back what is open and stops the server. False when none was running.
    @discardableResult
    package func stop() async throws(ServicesError) -> Bool {
        guard exists(dataDirectory) else { return false }
        let lock = try await waitForLock()
        defer { lock.release() }
        guard let file = PostmasterFile(in: dataDirectory), let server = file.server(of: dataDirectory) else {
            return false
        }
        // SIGINT is PostgreSQL's fast shutdown.
        guard kill(server.processID, SIGINT) == 0 || !server.isAlive else {
            throw ServicesError(FileError("stop the server of", dataDirectory, .notPermitted))
        }
        let patience = ContinuousClock.now + .seconds(60)
        while server.isAlive {
            // SIGQUIT ends it at once; the next start replays its log.
            if ContinuousClock.now > patience { kill(server.processID, SIGQUIT) }
            guard ContinuousClock.now < patience + .seconds(10) else {
                throw ServicesError(
                    .stopTimedOut,
                    "The database server (process \(server.processID)) does not end: read \(logFile), and ask "
                        + "'vocero services status' again in a while.")
            }
            try await pause(.milliseconds(2))
        }
        return true
    }

    package func status() -> ServiceStatus {
        switch observe() {
        case .ready(let file): .running(processID: file.processID, address: file.socketDirectory)
        case .busy(let server): .starting(processID: server.processID)
        case .none: exists(dataDirectory) ? .stopped : .absent
        }
    }
}

extension PrivateCluster {
    enum Observation {
        case none
        /// Starting, recovering or stopping.
        case busy(ProcessEntry)
        case ready(PostmasterFile)
    }

    func observe() -> Observation {
        guard let file = PostmasterFile(in: dataDirectory), let server = file.server(of: dataDirectory) else {
            return .none
        }
        return file.status == "ready" ? .ready(file) : .busy(server)
    }

    /// Every `PG*` variable that could lead elsewhere is overridden.
    func connectionString(socketDirectory: String) -> String {
        let escaped = socketDirectory.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "host='\(String(escaped))' hostaddr='' port=5432"
            + " user=\(ClusterBirth.role) dbname=\(ClusterBirth.database)"
            + " sslmode=disable gssencmode=disable options='-c client_connection_check_interval=250ms' client_encoding=UTF8 application_name=vocero"
    }

    var lockFile: String { directories.run + "/cluster.lock" }

    /// The owner of an existing cluster, else the user that new ones are made for.
    func serverUser() throws(ServicesError) -> ServiceUser {
        guard let status = try? FileStatus(of: dataDirectory, followingLink: false) else {
            return try .preferred(for: .database)
        }
        guard status.isDirectory else {
            throw ServicesError(
                .notACluster, "\(dataDirectory) is not a directory: move it away, and a new database is made there.")
        }
        let user = ServiceUser(userID: status.owner)
        if geteuid() == 0, status.owner != 0, let user { return user }
        guard geteuid() != 0, status.owner == geteuid() else {
            throw ServicesError(
                .permission,
                "The data directory \(dataDirectory) belongs to \(user?.name ?? "user \(status.owner)"), who cannot "
                    + "run its server for you: correct its owner, or set VOCERO_HOME to a directory of your own.")
        }
        return try .preferred(for: .database)
    }

    /// If only as a link that leads nowhere.
    private func exists(_ path: String) -> Bool { (try? FileStatus(of: path, followingLink: false)) != nil }

    private func waitForLock() async throws(ServicesError) -> FileLock {
        while true {
            if let lock = try FileLock.ofService(lockFile) { return lock }
            try await pause(.milliseconds(2))
        }
    }
}

/// Sleeps; throws `cancelled` when the task is.
func pause(_ duration: Duration) async throws(ServicesError) {
    do {
        try await Task.sleep(for: duration)
    } catch {
        throw .cancelled
    }
}
