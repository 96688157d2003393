internal import Files
internal import FoundationEssentials
internal import Glibc
internal import Hashing

/// The directory of the server's socket: only the server's user and root can enter it, and that is the whole
/// access control of the private cluster.
enum SocketDirectory {
    /// `sun_path` holds 108 bytes with its NUL.
    static let longestSocketPath = 107
    static let socketName = "/.s.PGSQL.5432"

    /// Below `run/` where that is short enough; else a name derived from the data directory, below the user's
    /// runtime directory or /tmp, used only if it is truly ours.
    static func prepare(_ directories: ServiceDirectories, user: ServiceUser) throws(ServicesError) -> String {
        let usual = directories.run + "/postgres"
        let path = isUsable(usual) ? usual : short(for: directories.home, user: user)
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

    /// libpq reads a comma as the end of a host's name.
    static func isUsable(_ path: String) -> Bool {
        path.utf8.count + socketName.utf8.count <= longestSocketPath && !path.contains(",")
    }

    private static func short(for home: String, user: ServiceUser) -> String {
        let name = "vocero-\(user.userID)-\(ContentHash(ofText: home).description.prefix(16))"
        if !user.isOther, let runtime = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"],
            runtime.hasPrefix("/"), isUsable(runtime + "/" + name),
            (try? FileStatus(of: runtime, followingLink: false))?.owner == user.userID
        {
            return runtime + "/" + name
        }
        return "/tmp/" + name
    }
}
