internal import Files

/// A PostgreSQL server with pgvector.
struct PostgresInstallation: Hashable {
    /// The directory of `postgres` and `initdb`, links resolved.
    let binaries: String
    /// Where it says its extensions are described; nil to look in the usual places.
    var share: String?

    /// Nil when the directory does not exist.
    init?(binaries: String, share: String? = nil) {
        guard let resolved = try? FileSystem.realPath(binaries) else { return nil }
        self.binaries = resolved
        self.share = share
    }

    var server: String { binaries + "/postgres" }
    var initdb: String { binaries + "/initdb" }

    /// Whether the programs and the extension are there for `user` to run.
    func isUsable(by user: ServiceUser) -> Bool {
        guard FileSystem.isExecutable(server), FileSystem.isExecutable(initdb), user.canReach(server) else {
            return false
        }
        return shareDirectories.contains { FileSystem.isReadable($0 + "/extension/vector.control") }
    }

    /// Where builds of PostgreSQL keep what belongs to these programs: beside them, or where Debian has it.
    private var shareDirectories: [String] {
        if let share { return [share] }
        let parts = binaries.split(separator: "/")
        var places = [binaries + "/../share", binaries + "/../share/postgresql"]
        if parts.count == 5, parts.starts(with: ["usr", "lib", "postgresql"]) {
            places.append("/usr/share/postgresql/\(parts[3])")
        }
        return places
    }
}
