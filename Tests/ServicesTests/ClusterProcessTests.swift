internal import FoundationEssentials
internal import Glibc
import TestSupport
import Testing

@testable internal import Services

/// The private cluster between processes: many at once, and ones that die on the way.
struct ClusterProcessTests {
    @Test func `starts in separate processes end with one server`() async throws {
        let home = try await ClusterHome()
        await withTaskGroup { group in
            for _ in 0..<3 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = home.home as String] in
                        _ = try await PrivateCluster(home: path, profile: .disposable).connectionString()
                    }
                }
            }
        }
        #expect(home.servers.count == 1)
        #expect(try await home.ask("SELECT 1") == "1")
        try await home.cluster.stop()
    }

    @Test(arguments: [20, 300, 600])
    func `a command killed while it starts the server leaves nothing that hurts the next`(
        milliseconds: Int
    ) async throws {
        let home = try await ClusterHome()
        // An exit test begins slowly, so the clock is started inside it.
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = home.home as String, milliseconds] in
            _ = Task { try await PrivateCluster(home: path, profile: .disposable).connectionString() }
            usleep(UInt32(milliseconds) * 1000)
            kill(getpid(), SIGKILL)
        }
        #expect(try await home.ask("SELECT count(*) FROM pg_extension WHERE extname = 'vector'") == "1")
        #expect(home.servers.count == 1)
        try await home.cluster.stop()
    }

    @Test func `a cancelled start leaves nothing that hurts the next`() async throws {
        for milliseconds in [2, 300] {
            let home = try await ClusterHome()
            let start = Task { try await home.cluster.connectionString() }
            try await Task.sleep(for: .milliseconds(milliseconds))
            start.cancel()
            _ = await start.result
            #expect(try await home.ask("SELECT 1") == "1")
            try await home.cluster.stop()
        }
    }
}

extension ClusterHome {
    /// Every process that serves this cluster, without the children that have not named themselves yet.
    var servers: [ProcessEntry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let all = names.compactMap { Int32($0).flatMap(ProcessEntry.init) }.filter {
            $0.arguments.first?.hasSuffix("/postgres") == true && $0.arguments.contains(cluster.dataDirectory)
        }
        return all.filter { entry in
            let fields = SmallFile.text("/proc/\(entry.processID)/stat")?.split(separator: " ") ?? []
            return fields.count > 3 && !all.contains { String($0.processID) == fields[3] }
        }
    }
}
