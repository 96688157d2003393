import Dispatch
import Glibc
import Postgres
import TestSupport
import Testing

struct `A connection` {
    @Test func `knows its server and shows its name to it`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        #expect(await connection.serverVersion >= 140_000)
        #expect(try await connection.value("SELECT current_setting('application_name')") == .text("vocero"))
        #expect(try await connection.value("SELECT current_setting('client_encoding')") == .text("UTF8"))
        #expect(
            try await connection.value("SELECT current_setting('client_connection_check_interval')") == .text("250ms"))
    }

    @Test func `keeps what its connection string says`() async throws {
        let string = try await TestDatabase.make().connectionString + " application_name=mine"
        let connection = try await PostgresConnection.connect(to: string)
        #expect(try await connection.value("SELECT current_setting('application_name')") == .text("mine"))
    }

    @Test func `is of no use once it is closed`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        await connection.close()
        await connection.close()
        let error = await #expect(throws: PostgresError.self) { try await connection.execute(script: "SELECT 1") }
        #expect(error?.kind == .connection)
    }

    @Test func `that the server ends is told apart from a refused statement`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.run(PostgresStatement("SELECT pg_terminate_backend(pg_backend_pid())"))
        }
        #expect(error?.kind == .connection)
        let later = await #expect(throws: PostgresError.self) { try await connection.execute(script: "SELECT 1") }
        #expect(later?.kind == .connection)
    }

    @Test func `says nothing on stderr when the server has notices`() async throws {
        let connection = try await SharedDatabase.shared.connect()
        try await connection.execute(script: "DO $$ BEGIN RAISE WARNING 'a notice that nobody sees'; END $$")
        #expect(try await connection.value("SELECT 1") == .int4(1))
    }
}

struct `A connection that cannot be made` {
    @Test(arguments: [
        ("postgresql://u:p@h/x?schema=public", "options=-csearch_path%3DNAME"),
        ("postgresql://u:p@h/x?sslmode=require&pgbouncer=true", "“pgbouncer”"),
        ("postgres://h/x?connection_limit=5", "“connection_limit”"),
        ("postgresql+asyncpg://u:p@h/x", "postgresql:// in place of postgresql+asyncpg://"),
        ("jdbc:postgresql://h/x", "in place of jdbc:postgresql://"),
        ("mysql://h/x", "in place of mysql://"),
    ])
    func `says which habit of another program it does not know`(string: String, words: String) async throws {
        let error = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(to: string) }
        #expect(error?.kind == .unreadable && error?.message.contains(words) == true, "\(String(describing: error))")
        #expect(error?.mayPass == false)
    }

    @Test(arguments: [
        "host=/nonexistent dbname=x", "host=127.0.0.1 port=1 dbname=x", "postgresql://u:hunter2secret@127.0.0.1:1/x",
        "host=/nonexistent password=hunter2secret", "host=127.0.0.1 password=hunter2 hunter2secret",
        "postgresql://u:p@hunter2secret@127.0.0.1/x", "postgresql://u:p/hunter2secret@127.0.0.1/x",
        "postgresql://u:p?hunter2secret@127.0.0.1/x", "postgresql://u:p#hunter2secret@127.0.0.1/x",
        "postgresql://u:hunter2secret@127.0.0.1:99999/x", "postgresql://u:hunter2secret@[::1", "hunter2secret=1",
        "password='hunter2secret", "host=127.0.0.1 port=hunter2secret", "postgresql://u:hunter2secret/x",
        "postgresql://u:hunter2secret", "dbname=x\0hunter2secret",
    ])
    func `says so without the password`(string: String) async throws {
        let error = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(to: string) }
        let shown = "\(String(describing: error)) \(String(reflecting: error)) \(error?.message ?? "")"
        #expect(error?.kind == .connection || error?.kind == .unreadable)
        #expect(!shown.contains("hunter2secret"), "\(shown)")
        #expect(!shown.contains("\n"))
    }

    @Test func `names the database that is not there`() async throws {
        let string = try await TestDatabase.make().connectionString + " dbname=missing"
        let error = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(to: string) }
        #expect(error?.kind == .connection)
        #expect(error?.sqlState == "3D000")
        #expect(error?.message.hasSuffix("FATAL: database \"missing\" does not exist") == true)
    }

    @Test func `says that the password is wrong`() async throws {
        let server = try ScriptedServer(
            answering: Array(
                "SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user \"u\"\0Rauth_failed\0\0".utf8))
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(to: server.connectionString + " password=hunter2secret")
        }
        #expect(error?.sqlState == "28P01")
        #expect(error?.message.contains("FATAL: password authentication failed for user \"u\"") == true)
        #expect(error?.message.contains("auth_failed") == false)
    }

    @Test func `is given up when its task is cancelled`() async throws {
        let server = try ScriptedServer(answering: nil)
        let task = Task { try await PostgresConnection.connect(to: server.connectionString) }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        let error = await #expect(throws: PostgresError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
    }

    @Test func `is given up after its timeout`() async throws {
        let server = try ScriptedServer(answering: nil)
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(to: server.connectionString + " connect_timeout=2")
        }
        #expect(error?.kind == .connection)
        #expect(error?.message.contains("2.0 seconds") == true)
    }
}

struct `The state of a server` {
    @Test func `is accepting, or no response`() async throws {
        #expect(await postgresServerState(try TestDatabase.make().connectionString) == .accepting)
        #expect(await postgresServerState("host=127.0.0.1 port=1") == .noResponse)
        #expect(await postgresServerState("host") != .accepting)
        #expect(await postgresServerState("nonsense=1") == .notAttempted)
        let starting = try ScriptedServer(
            answering: Array("SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0".utf8))
        #expect(await postgresServerState(starting.connectionString) == .rejecting)
    }
}

/// Takes connections on loopback and answers the start-up message with one error, or with nothing at all.
private final class ScriptedServer: Sendable {
    private let listener: Int32
    let connectionString: String

    init(answering fields: [UInt8]?) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 8) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        try #require(bound)
        connectionString =
            "host=127.0.0.1 port=\(UInt16(bigEndian: address.sin_port)) user=u dbname=d sslmode=disable gssencmode=disable"
        guard let fields else { return }
        let size = withUnsafeBytes(of: UInt32(fields.count + 4).bigEndian) { Array($0) }
        let answer = [UInt8(ascii: "E")] + size + fields
        DispatchQueue(label: "scripted server").async {
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                var startup = [UInt8](repeating: 0, count: 1024)
                _ = recv(client, &startup, startup.count, 0)
                _ = send(client, answer, answer.count, Int32(MSG_NOSIGNAL))
                close(client)
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }
}
