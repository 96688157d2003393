internal import FoundationEssentials
internal import Subprocess
internal import SystemPackage
import TestSupport

@testable internal import Services

/// A private cluster in a home of its own, and a client that is not ours.
struct ClusterHome {
    let home: String
    let cluster: PrivateCluster

    init(named name: String = "home") async throws {
        home = try await TestRun.shared.home(named: name)
        cluster = PrivateCluster(home: home, profile: .disposable)
    }

    var serverProcess: Int32? { PostmasterFile(in: cluster.dataDirectory)?.processID }

    /// What psql answers, unaligned, without headings.
    func ask(_ sql: String) async throws -> String {
        let connection = try await cluster.connectionString()
        let psql = home + "/opt/postgres"
        let version = try FileManager.default.contentsOfDirectory(atPath: psql)[0]
        let result = try await Subprocess.run(
            .path(FilePath("\(psql)/\(version)/bin/psql")), arguments: ["-XAtqc", sql, connection],
            output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
        return (result.standardOutput.split(separator: "\n") + result.standardError.split(separator: "\n"))
            .joined(separator: "\n")
    }
}
