internal import FoundationEssentials
internal import Glibc
import Testing
import TestSupport

@testable internal import Services

/// What cannot work is refused with a reason, and what is there stays as it is.
struct ClusterRefusalTests {
    @Test(arguments: [
        ("cluster/data/PG_VERSION", "9\n", ServicesError.Code.wrongVersion),
        ("cluster/data/PG_VERSION", "eighteen\n", .notACluster),
        ("cluster/data/notes.txt", "mine\n", .notACluster),
        ("cluster/data", "a file\n", .notACluster),
        ("cluster", "a file\n", .permission),
        ("run", "a file\n", .permission),
        ("log/postgres.log/x", "a directory\n", .creationFailed),
    ])
    func `what is in the way is named and left alone`(
        file: String, text: String, code: ServicesError.Code
    ) async throws {
        let home = try await ClusterHome()
        let path = home.home + "/" + file
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        try FileManager.default.createDirectory(atPath: "/" + parent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: path))
        if file.hasPrefix("cluster/data/") {
            let user = try ServiceUser.preferred(for: .database)
            #expect(chown(home.cluster.dataDirectory, user.userID, user.groupID) == 0)
        }
        let error = await #expect(throws: ServicesError.self) { try await home.cluster.connectionString() }
        #expect(error?.code == code)
        #expect(error?.message.hasSuffix(".") == true)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test func `a configured directory without PostgreSQL is an error that names it`() async throws {
        let empty = try TemporaryDirectory()
        let cluster = PrivateCluster(
            home: try await TestRun.shared.home(), postgresDirectory: empty.path, profile: .disposable)
        let error = await #expect(throws: ServicesError.self) { try await cluster.connectionString() }
        #expect(error?.code == .notInstalled)
        #expect(error?.message.contains(empty.path) == true)
    }

    @Test(arguments: [
        ("initdb: error: could not write to file \"x\": No space left on device", ServicesError.Code.diskFull),
        ("FATAL:  could not access file \"vector\": Permission denied", .startFailed),
        ("", .startFailed),
    ])
    func `a server's complaint becomes one sentence`(text: String, code: ServicesError.Code) {
        let error = ServerComplaint(text, in: "/tmp").error(.startFailed, "It did not start")
        #expect(error.code == code)
        #expect(error.message.hasSuffix("."))
        #expect(!error.message.contains("\n"))
    }
}
