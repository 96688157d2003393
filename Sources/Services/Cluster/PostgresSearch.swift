internal import Files
internal import FoundationEssentials

/// Finds PostgreSQL in this order: the configured directory, what scripts/setup installed, `pg_config` on the
/// PATH, Debian's directories; in each place the newest first.
struct PostgresSearch {
    let configured: String?
    /// `opt` of the data directory.
    let installed: String
    let user: ServiceUser

    struct Found {
        var installation: PostgresInstallation
        var major: Int
    }

    /// What setup installed, newest first, without asking any program for its version.
    var installedBySetup: [PostgresInstallation] {
        versions(in: installed + "/postgres").compactMap {
            PostgresInstallation(binaries: "\(installed)/postgres/\($0)/bin")
        }
    }

    /// The first with this major version; nil takes the first of all.
    func find(major: Int?) async throws(ServicesError) -> Found {
        var others: [Int] = []
        func first(_ candidates: [PostgresInstallation]) async throws(ServicesError) -> Found? {
            for candidate in candidates where candidate.isUsable(by: user) {
                guard let version = try await majorVersion(candidate) else { continue }
                if major == nil || version == major { return Found(installation: candidate, major: version) }
                others.append(version)
            }
            return nil
        }
        if let configured {
            let places = [configured, configured + "/bin"].compactMap { PostgresInstallation(binaries: $0) }
            if let found = try await first(places) { return found }
            if others.isEmpty { throw notUsable(configured) }
        } else {
            if let found = try await first(installedBySetup) { return found }
            if let found = try await first(toolOnPath()) { return found }
            if let found = try await first(debian) { return found }
        }
        throw missing(major: major, others: others)
    }

    private var debian: [PostgresInstallation] {
        versions(in: "/usr/lib/postgresql").compactMap {
            PostgresInstallation(binaries: "/usr/lib/postgresql/\($0)/bin")
        }
    }

    private func toolOnPath() async throws(ServicesError) -> [PostgresInstallation] {
        let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        guard
            let tool = directories.map({ $0 + "/pg_config" }).first(where: FileSystem.isExecutable)
        else { return [] }
        let answer = try await Launcher(user: user).run([tool, "--bindir", "--sharedir"])
        let lines = answer.output.split(separator: "\n").map(String.init)
        guard answer.succeeded, lines.count == 2 else { return [] }
        return [PostgresInstallation(binaries: lines[0], share: lines[1])].compactMap(\.self)
    }

    /// "postgres (PostgreSQL) 18.6 (Debian 18.6-1)" is 18; nil when the program does not run here.
    private func majorVersion(_ candidate: PostgresInstallation) async throws(ServicesError) -> Int? {
        let answer = try await Launcher(user: user).run([candidate.server, "-V"])
        guard answer.succeeded else { return nil }
        let words = answer.output.split(separator: " ")
        return words.count > 2 ? Int(words[2].prefix { $0.isNumber }) : nil
    }

    /// The entries of a directory that are version numbers, newest first.
    private func versions(in directory: String) -> [String] {
        let names = FileSystem.names(in: directory)
        func key(_ name: String) -> [Int] { name.split(separator: ".").map { Int($0) ?? 0 } }
        return names.filter { $0.first?.isNumber == true }.sorted { key($1).lexicographicallyPrecedes(key($0)) }
    }

    private func notUsable(_ configured: String) -> ServicesError {
        ServicesError(
            .notInstalled,
            "There is no PostgreSQL with pgvector in the configured directory \(configured) that the user "
                + "\(user.name) can run: correct the setting, or remove it and run scripts/setup.")
    }

    private func missing(major: Int?, others: [Int]) -> ServicesError {
        if let major, let other = others.first {
            return ServicesError(
                .wrongVersion,
                "The private database was made by PostgreSQL \(major), and only version \(other) was found: install "
                    + "PostgreSQL \(major) with pgvector, or move the directory cluster/data away to start with an "
                    + "empty database; the data were left as they are.")
        }
        return ServicesError(
            .notInstalled,
            "No PostgreSQL with pgvector was found in \(installed)/postgres, on the PATH or in /usr/lib/postgresql: "
                + "run scripts/setup, or set DATABASE_URL to a server of your own.")
    }
}
