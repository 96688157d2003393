internal import Files
internal import FoundationEssentials
internal import Glibc
internal import Hashing

/// A directory for sockets of servers: only the servers' user and root can enter it, and that is the whole access control
/// of the private cluster and of the local engines. Nobody else can connect, and nobody else's process can listen there.
struct SocketDirectory {
    /// `sun_path` holds 108 bytes with its NUL.
    static let longestSocketPath = 107

    /// What it is called below `run/`.
    let name: String
    /// The longest name of a socket in it, with its slash.
    let longestName: String

    static let postgres = SocketDirectory(name: "postgres", longestName: "/.s.PGSQL.5432")
    static let engines = SocketDirectory(name: "engines", longestName: "/embeddings.sock")

    /// Below `run/` where that is short enough; else a name derived from the data directory, below the user's
    /// runtime directory or /tmp, used only if it is truly ours.
    func prepare(_ directories: ServiceDirectories, user: ServiceUser) throws(ServicesError) -> String {
        let path = path(directories, user: user)
        try ServiceDirectories.make(path, mode: 0o700, owner: user)
        guard let status = try? FileStatus(of: path, followingLink: false), status.isDirectory,
            status.owner == user.userID,
            status.permissions & 0o077 == 0
        else {
            throw ServicesError(
                .permission,
                "The directory \(path) should belong to the user \(user.name) alone and does not: remove it and run "
                    + "the command again.")
        }
        return path
    }

    /// Where it is, whether it is there or not.
    func path(_ directories: ServiceDirectories, user: ServiceUser) -> String {
        let usual = directories.run + "/" + name
        return isUsable(usual) ? usual : short(for: directories.home, user: user)
    }

    /// libpq reads a comma as the end of a host's name.
    func isUsable(_ path: String) -> Bool {
        path.utf8.count + longestName.utf8.count <= Self.longestSocketPath && !path.contains(",")
    }

    private func short(for home: String, user: ServiceUser) -> String {
        let own = name == Self.postgres.name ? "" : "-\(name)"
        let name = "vocero-\(user.userID)-\(ContentHash(ofText: home).description.prefix(16))\(own)"
        if !user.isOther, let runtime = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"],
            runtime.hasPrefix("/"), isUsable(runtime + "/" + name),
            (try? FileStatus(of: runtime, followingLink: false))?.owner == user.userID
        {
            return runtime + "/" + name
        }
        return "/tmp/" + name
    }
}
