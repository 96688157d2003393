internal import Files
internal import FoundationEssentials
internal import Glibc
internal import Subprocess
internal import SystemPackage
import TestSupport
import Testing

@testable internal import Services

/// A server that is not seen from here, as from another container, and lives all the same.
struct ServerLifeTests {
    private static let here = ServerPlace(machine: "a", boot: "1", processes: "pid:[1]")

    @Test(arguments: [
        // The same machine: its lock tells.
        (ServerPlace(machine: "a", boot: "1", processes: "pid:[1]"), true, false, "on this machine"),
        (ServerPlace(machine: "a", boot: "1", processes: "pid:[2]"), true, false, "in another container"),
        (ServerPlace(machine: "b", boot: "1", processes: "pid:[2]"), true, false, "in another container"),
        // Started anew since: nothing of before lives.
        (ServerPlace(machine: "a", boot: "2", processes: "pid:[1]"), true, false, "on this machine"),
        // Another machine, which only a file system of several has to do with.
        (ServerPlace(machine: "b", boot: "2", processes: "pid:[1]"), true, true, "on the machine b"),
        (ServerPlace(machine: "b", boot: "2", processes: "pid:[1]"), false, false, "on the machine b"),
    ])
    func `may live where its lock does not tell`(place: ServerPlace, isShared: Bool, mayLive: Bool, words: String) {
        #expect(place.mayLive(seenFrom: Self.here, isShared: isShared) == mayLive)
        #expect(place.words(from: Self.here).contains(words))
    }

    @Test(arguments: [
        ("/home/me/data", true), ("/home/me", true), ("/home/mexico", false), ("/srv/with space/x", true),
        ("/", false), ("/tmp/x", false), ("/mnt/covered", false), ("/mnt/sshfs/deep/er", true), ("/win/c", true),
    ])
    func `is on a file system of several machines`(path: String, isShared: Bool) {
        let table = MountTable(
            text: #"""
                22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
                30 22 0:25 / /home/me rw,relatime shared:1 - nfs4 server:/home rw
                31 22 0:26 / /srv/with\040space rw - cifs //server/share rw
                32 22 0:27 / /mnt/covered rw master:1 propagate_from:2 - nfs server:/x rw
                33 32 0:28 / /mnt/covered rw - tmpfs tmpfs rw
                34 22 0:29 / /mnt/sshfs rw - fuse.sshfs me@server: rw
                35 22 0:30 / /win rw - virtiofs share rw
                broken line
                """#)
        #expect(table.isShared(path) == isShared)
    }

    @Test func `is not started a second time while its lock is held, however its files look`() async throws {
        let home = try await ClusterHome()
        #expect(try await home.ask("SELECT 1") == "1")
        #expect(ServerLife.isHeld(in: home.cluster.directories))
        #expect(ServerPlace(in: home.cluster.directories) == ServerPlace.here)
        try await home.cluster.stop()
        #expect(!ServerLife.isHeld(in: home.cluster.directories))

        // Somebody who is not seen: the lock, a process number of nobody, and a socket that nobody listens on.
        let lock = try OpenFile(ServerLife.path(in: home.cluster.directories), [.readWrite])
        #expect(try lock.lock())
        let stranger = ServerPlace(machine: "elsewhere", boot: ServerPlace.here.boot, processes: "pid:[1]")
        #expect(ftruncate(lock.number, 0) == 0)
        try lock.write(stranger.text)
        let file = PostmasterFile.path(in: home.cluster.dataDirectory)
        try SmallFile.replace(file, with: "4194303\n\(home.cluster.dataDirectory)\n1\n5432\n/nowhere\n\n\nready\n")
        #expect(home.cluster.status() == .elsewhere(place: "in another container of this machine (elsewhere)"))
        let refused = await #expect(throws: ServicesError.self) { try await home.cluster.connectionString() }
        #expect(refused?.message.contains("in another container of this machine (elsewhere)") == true)
        await #expect(throws: ServicesError.self) { try await home.cluster.stop() }
        #expect(home.servers.isEmpty)
        #expect(FileSystem.exists(file))
        lock.unlock()
        #expect(try await home.ask("SELECT 1") == "1")
        try await home.cluster.stop()
    }

    @Test func `is used by its socket where its process is not seen`() async throws {
        let home = try await ClusterHome()
        let connection = try await home.cluster.connectionString()
        let process = try #require(home.serverProcess)
        // As from another container: the number is nobody's here, and neither are its processes.
        let file = PostmasterFile.path(in: home.cluster.dataDirectory)
        let text = try #require(SmallFile.text(file))
        try SmallFile.replace(file, with: text.replacing("\(process)\n", with: "4194303\n", maxReplacements: 1))
        let place = ServerPlace(machine: "m", boot: ServerPlace.here.boot, processes: "pid:[1]")
        try OpenFile(ServerLife.path(in: home.cluster.directories), [.write, .truncate]).write(place.text)
        #expect(try await home.cluster.connectionString() == connection)
        #expect(home.servers.count == 1)
        try SmallFile.replace(file, with: text)
        try await home.cluster.stop()
    }

    @Test func `ends with its lock when it is killed`() async throws {
        let home = try await ClusterHome()
        _ = try await home.cluster.connectionString()
        let process = try #require(home.serverProcess)
        kill(process, SIGKILL)
        while ProcessEntry(process) != nil { try await Task.sleep(for: .milliseconds(1)) }
        #expect(try await home.ask("SELECT 1") == "1")
        #expect(home.servers.count == 1)
        #expect(home.serverProcess != process)
        try await home.cluster.stop()
    }
}
