internal import Files
internal import Glibc
internal import SystemPackage

/// Where the private services keep what, below the data directory.
struct ServiceDirectories: Hashable {
    /// Absolute, without a slash at its end.
    let home: String

    init(home: String) {
        var path = home
        if !path.hasPrefix("/"), let current = try? FileSystem.realPath(".") { path = current + "/" + path }
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.home = path
    }

    var installed: String { home + "/opt" }
    var cluster: String { home + "/cluster" }
    var run: String { home + "/run" }
    var logs: String { home + "/log" }

    /// Makes the directories that a server of `user` needs and lets that user enter the data directory.
    func prepare(for user: ServiceUser) throws(ServicesError) {
        try makeAncestors()
        for path in [home, cluster, run, logs] {
            // A server of another user has to pass through; what is private lies in directories of its own.
            try Self.make(path, mode: user.isOther ? 0o755 : 0o700)
        }
        if user.isOther {
            for path in [home, cluster, run, logs] { try admit(user, to: path) }
        }
    }

    /// Makes a directory unless it is there, with this mode whatever the umask.
    static func make(_ path: String, mode: mode_t, owner: ServiceUser? = nil) throws(ServicesError) {
        do throws(FileError) {
            try FileSystem.makeDirectory(path, permissions: mode)
            try FileSystem.setPermissions(mode, of: path)
            if let owner, owner.isOther {
                try FileSystem.setOwner(owner.userID, group: owner.groupID, of: path, followingLink: false)
            }
        } catch {
            guard error.operation == "make", error.code == .fileExists else { throw ServicesError(error) }
            guard isDirectory(path) else { throw ServicesError(FileError("use", path, .notDirectory)) }
        }
    }

    private static func isDirectory(_ path: String) -> Bool { (try? FileStatus(of: path))?.isDirectory == true }

    private func makeAncestors() throws(ServicesError) {
        var path = ""
        for part in home.split(separator: "/").dropLast() {
            path += "/" + part
            if !FileSystem.exists(path) { try Self.make(path, mode: 0o755) }
        }
    }

    /// A directory of ours that is root's alone (such as `mktemp -d` makes) is opened to the server's group, for
    /// passing through only. Directories above the data directory are not ours to change.
    private func admit(_ user: ServiceUser, to directory: String) throws(ServicesError) {
        var path = ""
        for part in directory.split(separator: "/") {
            path += "/" + part
            guard let status = try? FileStatus(of: path), !status.admits(user) else { continue }
            guard path == directory, status.owner == geteuid() else {
                throw ServicesError(
                    .permission,
                    "The user \(user.name), who runs the server for root, cannot enter \(path): set VOCERO_HOME to a "
                        + "directory that other users may pass through, such as /var/lib/vocero.")
            }
            do {
                try FileSystem.setOwner(uid_t.max, group: user.groupID, of: path)
                try FileSystem.setPermissions(status.permissions | 0o010, of: path)
            } catch {
                throw ServicesError(error, doing: "let \(user.name) into")
            }
        }
    }
}
