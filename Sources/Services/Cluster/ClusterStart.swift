internal import Files
internal import FoundationEssentials
internal import Glibc

/// One start of the private cluster, by whoever holds its lock.
struct ClusterStart {
    let cluster: PrivateCluster
    let user: ServiceUser
    let progress: (@Sendable (String) -> Void)?

    /// Recovery after a crash reads the log since the last checkpoint; a minute is far more than that takes.
    private static let patience = Duration.seconds(60)

    func run() async throws(ServicesError) -> String {
        ClusterBirth.removeLeftovers(in: cluster.directories)
        let deadline = ContinuousClock.now + Self.patience
        while true {
            switch cluster.observe() {
            case .ready(let file):
                return cluster.connectionString(socketDirectory: file.socketDirectory)
            case .busy(let server):
                try await waitWhileBusy(server, until: deadline)
            case .none:
                let found = try await installation()
                try await start(found, until: deadline)
            }
        }
    }

    // MARK: Which program, which data

    private func installation() async throws(ServicesError) -> PostgresSearch.Found {
        let search = PostgresSearch(
            configured: cluster.configured, installed: cluster.directories.installed, user: user)
        guard (try? FileStatus(of: cluster.dataDirectory, followingLink: false)) != nil else {
            let found = try await search.find(major: nil)
            progress?("Making the private database (first use only).")
            try await ClusterBirth(
                directories: cluster.directories, user: user, found: found, profile: cluster.profile
            ).make(at: cluster.dataDirectory)
            try remember(found)
            return found
        }
        let major = try madeBy()
        if let known = remembered(major, search) { return known }
        let found = try await search.find(major: major)
        try remember(found)
        return found
    }

    private func madeBy() throws(ServicesError) -> Int {
        let text = SmallFile.text(cluster.dataDirectory + "/PG_VERSION") ?? ""
        guard let major = Int(text.prefix { $0.isNumber }) else {
            throw ServicesError(
                .notACluster,
                "\(cluster.dataDirectory) does not hold a PostgreSQL database: move it away, and a new one is made there."
            )
        }
        return major
    }

    private var record: String { cluster.directories.cluster + "/program" }

    private func remember(_ found: PostgresSearch.Found) throws(ServicesError) {
        try SmallFile.replace(
            record, with: "\(found.major)\n\(found.installation.binaries)\n\(found.installation.share ?? "")\n")
    }

    /// The program of the last start, which saves asking each one for its version; not when it is gone, when
    /// another is configured, or when setup has installed a newer one.
    private func remembered(_ major: Int, _ search: PostgresSearch) -> PostgresSearch.Found? {
        let lines = (SmallFile.text(record) ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 2, Int(lines[0]) == major,
            let known = PostgresInstallation(
                binaries: String(lines[1]), share: lines[2].isEmpty ? nil : String(lines[2])),
            known.isUsable(by: user)
        else { return nil }
        if let configured = search.configured {
            let places = [configured, configured + "/bin"].compactMap { PostgresInstallation(binaries: $0)?.binaries }
            guard places.contains(known.binaries) else { return nil }
        } else if let newest = search.installedBySetup.first, newest.binaries != known.binaries {
            return nil
        }
        return PostgresSearch.Found(installation: known, major: major)
    }

    // MARK: The server

    private func start(_ found: PostgresSearch.Found, until deadline: ContinuousClock.Instant)
        async throws(ServicesError)
    {
        let socketDirectory = try SocketDirectory.postgres.prepare(cluster.directories, user: user)
        removeStale(socketDirectory)
        let log = ServerLog(path: cluster.logFile)
        let offset = try log.prepare()
        let processID = try await Launcher(user: user).startDetached(
            command(found, socketDirectory), log: cluster.logFile)
        // The shell has answered, so the process exists or has ended already.
        if let server = ProcessEntry(processID) {
            while server.isAlive {
                if case .ready(let file) = cluster.observe(), file.processID == processID { return }
                guard ContinuousClock.now < deadline else { throw timedOut }
                try await pause(.milliseconds(1))
            }
        }
        let complaint = ServerComplaint(log.text(after: offset), in: cluster.dataDirectory)
        guard complaint.saysInUse, ContinuousClock.now < deadline else { throw failure(complaint, found) }
        try await pause(.milliseconds(50))
    }

    private func command(_ found: PostgresSearch.Found, _ socketDirectory: String) -> [String] {
        var settings = cluster.profile.settings(major: found.major)
        let quoted = socketDirectory.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
        settings["unix_socket_directories"] = "\"\(String(quoted))\""
        settings["unix_socket_permissions"] = "0700"
        let options = settings.sorted { $0.key < $1.key }.flatMap { ["-c", "\($0.key)=\($0.value)"] }
        return [found.installation.server, "-D", cluster.dataDirectory] + options
    }

    /// PostgreSQL takes a left-over file for a running server when any process of this user has its number.
    /// Under the lock, with the process looked at, we know better.
    private func removeStale(_ socketDirectory: String) {
        guard case .none = cluster.observe() else { return }
        let socket = socketDirectory + SocketDirectory.postgres.longestName
        for path in [PostmasterFile.path(in: cluster.dataDirectory), socket, socket + ".lock"] {
            // What cannot be removed the server complains about.
            try? FileSystem.remove(path)
        }
    }

    private func waitWhileBusy(
        _ server: ProcessEntry, until deadline: ContinuousClock.Instant
    ) async throws(ServicesError) {
        while case .busy(server) = cluster.observe() {
            guard ContinuousClock.now < deadline else { throw timedOut }
            try await pause(.milliseconds(1))
        }
    }

    private var timedOut: ServicesError {
        ServicesError(
            .startTimedOut,
            "The database server is not ready after a minute; it may be recovering from a crash: wait and try again, "
                + "or read \(cluster.logFile).")
    }

    private func failure(_ complaint: ServerComplaint, _ found: PostgresSearch.Found) -> ServicesError {
        if complaint.saysWrongVersion {
            return ServicesError(
                .wrongVersion,
                "The private database in \(cluster.dataDirectory) was made by another version of PostgreSQL than "
                    + "\(found.installation.server): install that version with pgvector; the data were left as they "
                    + "are.")
        }
        return complaint.error(
            .startFailed, "The database server in \(cluster.dataDirectory) did not start (see \(cluster.logFile))")
    }
}
