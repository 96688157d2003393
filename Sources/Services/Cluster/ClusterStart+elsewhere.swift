internal import Files
internal import Glibc

/// A server that is not seen from here and lives all the same: another container, or another machine, shares the directory.
extension ClusterStart {
    /// The server's life, which begins here; nil while one lives that is not seen. Throws when that may be so although
    /// nobody can tell.
    func beginLife() throws(ServicesError) -> ServerLife? {
        let place = ServerPlace(in: cluster.directories)
        guard let life = try ServerLife.begin(in: cluster.directories) else { return nil }
        let file = PostmasterFile.path(in: cluster.dataDirectory)
        if let place, FileSystem.exists(file),
            place.mayLive(
                seenFrom: .here,
                isShared: MountTable.current.isShared(
                    (try? FileSystem.realPath(cluster.directories.cluster)) ?? cluster.directories.cluster))
        {
            throw ServicesError(
                .startFailed,
                "The private database in \(cluster.dataDirectory) was last started \(place.words(from: .here)) and has "
                    + "not ended there: stop it there by `vocero services stop`, or, if that machine is gone, remove \(file)."
            )
        }
        try life.write(.here)
        return life
    }

    /// Where a server of another container can be reached: on the same machine its socket is the same file. Nil when it
    /// does not listen (yet).
    func elsewhere() -> String? {
        guard let place = cluster.placeElsewhere, place.boot == ServerPlace.here.boot else { return nil }
        let said = PostmasterFile(in: cluster.dataDirectory)?.socketDirectory
        let usual = cluster.directories.run + "/postgres"
        return [said, usual].compactMap(\.self).first {
            !$0.isEmpty && Self.listens($0 + SocketDirectory.postgres.longestName)
        }
    }

    var livesElsewhere: ServicesError {
        cluster.livesElsewhere(advice: ", or set VOCERO_HOME to a directory of its own")
    }

    private static func listens(_ path: String) -> Bool {
        guard path.utf8.count <= SocketDirectory.longestSocketPath else { return false }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}

extension PrivateCluster {
    /// Where a server lives that cannot be seen from here. What is left of one that could be is about to end.
    var placeElsewhere: ServerPlace? {
        guard let place = ServerPlace(in: directories), ServerLife.isHeld(in: directories),
            place.boot != ServerPlace.here.boot || place.processes != ServerPlace.here.processes
        else { return nil }
        return place
    }

    /// `advice`: what else can be done.
    func livesElsewhere(advice: String) -> ServicesError {
        let place = ServerPlace(in: directories)?.words(from: .here) ?? "somewhere else"
        return ServicesError(
            .startFailed,
            "The private database in \(dataDirectory) is run by a server \(place), whose process is not seen from here: "
                + "stop it there by `vocero services stop`\(advice).")
    }
}
