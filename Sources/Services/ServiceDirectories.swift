internal import Glibc

/// Where the private services keep what, below the data directory.
struct ServiceDirectories: Hashable {
    /// Absolute, without a slash at its end.
    let home: String

    init(home: String) {
        var path = home
        if !path.hasPrefix("/"), let current = getcwd(nil, 0) {
            path = String(cString: current) + "/" + path
            free(current)
        }
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
        if mkdir(path, mode) == 0 {
            guard chmod(path, mode) == 0 else { throw FileFailure(errno, "set the mode of", path).servicesError }
            if let owner, owner.isOther, lchown(path, owner.userID, owner.groupID) != 0 {
                throw FileFailure(errno, "give away", path).servicesError
            }
            return
        }
        guard errno == EEXIST else { throw FileFailure(errno, "make", path).servicesError }
        guard FileStatus(path, followLink: true)?.isDirectory == true else {
            throw FileFailure(ENOTDIR, "use", path).servicesError
        }
    }

    private func makeAncestors() throws(ServicesError) {
        var path = ""
        for part in home.split(separator: "/").dropLast() {
            path += "/" + part
            if FileStatus(path, followLink: true) == nil { try Self.make(path, mode: 0o755) }
        }
    }

    /// A directory of ours that is root's alone (such as `mktemp -d` makes) is opened to the server's group, for
    /// passing through only. Directories above the data directory are not ours to change.
    private func admit(_ user: ServiceUser, to directory: String) throws(ServicesError) {
        var path = ""
        for part in directory.split(separator: "/") {
            path += "/" + part
            guard let status = FileStatus(path, followLink: true), !status.admits(user) else { continue }
            guard path == directory, status.owner == geteuid() else {
                throw ServicesError(
                    .permission,
                    "The user \(user.name), who runs the server for root, cannot enter \(path): set VOCERO_HOME to a "
                        + "directory that other users may pass through, such as /var/lib/vocero.")
            }
            guard chown(path, uid_t.max, user.groupID) == 0, chmod(path, status.mode & 0o7777 | 0o010) == 0 else {
                throw FileFailure(errno, "let \(user.name) into", path).servicesError
            }
        }
    }
}
