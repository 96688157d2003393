internal import FoundationEssentials
internal import Glibc
internal import Subprocess
internal import SystemPackage

/// PgBouncer in front of a test's database.
package struct TestPooler: Sendable {
    package enum Mode: String, Sendable, CaseIterable { case session, transaction }

    private static let program = "/usr/sbin/pgbouncer"
    package static var isInstalled: Bool { access(program, X_OK) == 0 }

    /// How to reach the database through the pooler.
    package let connectionString: String

    /// It ends with the test process at the latest.
    package static func make(_ mode: Mode, to database: TestDatabase) async throws -> TestPooler {
        let home = try await TestRun.shared.home(named: "pooler")
        let server = database.connectionString
        let socket = String(FreezingProxy.socketPath(in: server).dropLast("/.s.PGSQL.5432".count))
        let user = String(server.split(separator: " user=").last?.prefix { $0 != " " } ?? "")
        try Data(
            """
            [databases]
            * = host='\(socket)' port=5432 user=\(user.filter { $0 != "'" })
            [pgbouncer]
            listen_addr =
            unix_socket_dir = \(home)
            listen_port = 6432
            auth_type = any
            pool_mode = \(mode.rawValue)
            default_pool_size = 12
            logfile = \(home)/log
            pidfile = \(home)/pid

            """.utf8
        ).write(to: URL(filePath: home + "/pgbouncer.ini"))
        // PgBouncer does not run as root: it becomes the user who may reach the server.
        var status = stat()
        stat(socket, &status)
        var arguments = ["-d", home + "/pgbouncer.ini"]
        if geteuid() == 0, let owner = getpwuid(status.st_uid) {
            chown(home, status.st_uid, status.st_gid)
            arguments = ["-u", String(cString: owner.pointee.pw_name)] + arguments
        }
        let result = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments), workingDirectory: "/", output: .discarded,
            error: .string(limit: 1 << 16))
        guard case .exited(0) = result.terminationStatus else {
            throw PoolerFailure(description: "pgbouncer did not start: \(result.standardError)")
        }
        let name = server.split(separator: " dbname=").last?.prefix { $0 != " " } ?? ""
        return TestPooler(connectionString: "host='\(home)' port=6432 dbname=\(name) user=\(user)")
    }
}

private struct PoolerFailure: Error, CustomStringConvertible { let description: String }
