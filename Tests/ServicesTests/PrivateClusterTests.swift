internal import Files
internal import FoundationEssentials
internal import Glibc
import Testing
import TestSupport

@testable internal import Services

struct PrivateClusterTests {
    @Test func `the first use makes a database with pgvector, the second finds the same server`() async throws {
        let home = try await ClusterHome()
        #expect(home.cluster.status() == .absent)
        #expect(home.cluster.runningConnectionString == nil)
        #expect(try await home.ask("SELECT count(*) FROM pg_extension WHERE extname = 'vector'") == "1")
        let process = home.serverProcess
        #expect(try await home.ask("SELECT lower('ÁRBOL')") == "árbol")
        #expect(home.serverProcess == process)
        #expect(home.cluster.runningConnectionString != nil)
    }

    @Test func `twenty starts at once end with one server and twenty connections`() async throws {
        let home = try await ClusterHome()
        let answers = try await withThrowingTaskGroup { group in
            for number in 0..<20 {
                group.addTask { try await home.ask("SELECT \(number)") }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(answers == Set((0..<20).map(String.init)))
        let log = try String(contentsOfFile: home.cluster.logFile, encoding: .utf8)
        #expect(log.ranges(of: "starting PostgreSQL").count == 1)
        try await home.cluster.stop()
    }

    @Test func `a stopped server starts again with its data`() async throws {
        let home = try await ClusterHome()
        _ = try await home.ask("CREATE TABLE kept AS SELECT 7 AS number")
        #expect(try await home.cluster.stop())
        #expect(home.cluster.status() == .stopped)
        #expect(try await home.cluster.stop() == false)
        #expect(try await home.ask("SELECT number FROM kept") == "7")
        try await home.cluster.stop()
    }

    @Test func `a killed server is recovered with its data`() async throws {
        let home = try await ClusterHome()
        _ = try await home.ask("CREATE TABLE kept AS SELECT 7 AS number; CHECKPOINT")
        let killed = try #require(home.serverProcess)
        kill(killed, SIGKILL)
        while ProcessEntry(killed) != nil { try await Task.sleep(for: .milliseconds(1)) }
        #expect(home.cluster.status() == .stopped)
        #expect(try await home.ask("SELECT number FROM kept") == "7")
        #expect(home.serverProcess != killed)
        try await home.cluster.stop()
    }

    @Test func `a pid file whose number another process has got is not mistaken for a server`() async throws {
        let home = try await ClusterHome()
        _ = try await home.ask("SELECT 1")
        try await home.cluster.stop()
        let user = try home.cluster.serverUser()
        let bystander = try await Launcher(user: user).startDetached(["sleep", "600"], log: "/dev/null")
        defer { kill(bystander, SIGKILL) }
        let stale = "\(bystander)\n\(home.cluster.dataDirectory)\n1\n5432\n/tmp\n\n  1 2\nready   \n"
        try Data(stale.utf8).write(to: URL(filePath: home.cluster.dataDirectory + "/postmaster.pid"))
        #expect(home.cluster.status() == .stopped)
        #expect(try await home.ask("SELECT 1") == "1")
        #expect(ProcessEntry(bystander) != nil)
        try await home.cluster.stop()
    }

    @Test(arguments: ["señal ñandú 日本", "quote'd \"and\" back\\slash $(id)`id`;#%s", "comma,in,it"])
    func `a home of any name works`(name: String) async throws {
        let home = try await ClusterHome(named: name)
        #expect(try await home.ask("SELECT 1") == "1")
        try await home.removeOutsideSocket()
    }

    @Test func `a home whose path is too long for a socket works`() async throws {
        let home = try await ClusterHome(named: [String](repeating: "long", count: 40).joined())
        #expect(try await home.ask("SELECT 1") == "1")
        try await home.removeOutsideSocket()
    }

    @Test func `an interrupted birth leaves nothing in the way`() async throws {
        let home = try await ClusterHome()
        let draft = home.home + "/cluster/new-1/base"
        try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
        #expect(try await home.ask("SELECT 1") == "1")
        #expect(!FileManager.default.fileExists(atPath: home.home + "/cluster/new-1"))
        try await home.cluster.stop()
    }

    @Test func `the server is out of reach of our terminal, of TCP and of our secrets`() async throws {
        let home = try await ClusterHome()
        #expect(try await home.ask("SHOW listen_addresses") == "")
        let process = try #require(home.serverProcess)
        #expect(getsid(process) != getsid(0))
        let environment = try #require(SmallFile.text("/proc/\(process)/environ"))
        let names = environment.split(separator: "\0").compactMap { $0.split(separator: "=").first }
        let allowed: Set<Substring> = ["PATH", "LC_ALL", "HOME", "PWD", "OLDPWD"]
        #expect(Set(names).subtracting(allowed).filter { !$0.hasPrefix("PG") } == [])
        let socketDirectory = try #require(PostmasterFile(in: home.cluster.dataDirectory)?.socketDirectory)
        let status = try FileStatus(of: socketDirectory, followingLink: false)
        #expect(status.isDirectory && status.permissions == 0o700)
        try await home.cluster.stop()
    }
}

extension ClusterHome {
    /// Stops the server and removes the socket directory that lies outside its home.
    func removeOutsideSocket() async throws {
        let directory = PostmasterFile(in: cluster.dataDirectory)?.socketDirectory
        try await cluster.stop()
        if let directory, !directory.hasPrefix(home) { try FileManager.default.removeItem(atPath: directory) }
    }
}
