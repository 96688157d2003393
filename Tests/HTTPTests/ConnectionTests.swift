import Glibc
import Subprocess
import Testing
import TestSupport

@testable import HTTP

@Suite(.timeLimit(.minutes(1))) struct `A connection` {
    @Test func `goes around the proxy of the environment for this machine only`() async {
        await #expect(processExitsWith: .success) {
            let proxy = try LoopbackServer { .text("proxy " + $0.line) }
            let server = try LoopbackServer { _ in .text("server") }
            setenv("http_proxy", "http://user:s3cret@127.0.0.1:\(proxy.port)", 1)
            unsetenv("no_proxy")
            unsetenv("NO_PROXY")
            let client = HTTPClient(userAgent: "vocero-tests/1")
            for host in ["127.0.0.1", "localhost"] {
                let response = try await client.send(HTTPRequest(url: "http://\(host):\(server.port)/"))
                #expect(response.body == Array("server".utf8))
            }
            let response = try await client.send(HTTPRequest(url: "http://vocero.invalid/x"))
            #expect(response.body == Array("proxy GET http://vocero.invalid/x".utf8))
        }
    }

    @Test func `is not inherited by programs that start meanwhile`() async throws {
        let server = try LoopbackServer { _ in .stream(pieces: [], ending: .hang) }
        let stream = try await HTTPClient(userAgent: "vocero-tests/1").stream(HTTPRequest(url: server.url))
        let connected = (0..<1024).filter { Self.peerPort(of: Int32($0)) == server.port }
        #expect(connected.count == 1)
        #expect(connected.allSatisfy { fcntl(Int32($0), F_GETFD) & FD_CLOEXEC != 0 })
        #expect(stream.head.status == 200)
    }

    private static func peerPort(of descriptor: Int32) -> Int? {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &size) }
        }
        return code == 0 && address.sin_family == AF_INET ? Int(UInt16(bigEndian: address.sin_port)) : nil
    }

    @Test(arguments: [
        ("http://localhost/", true), ("http://LOCALHOST:80/", true), ("http://a.localhost/", true),
        ("http://127.0.0.1/", true), ("http://127.1/", true), ("http://0x7f000001/", true), ("http://[::1]/", true),
        ("http://127.0.0.1.evil.example/", false), ("http://127.evil.example.com/", false),
        ("http://localhost.evil.example/", false), ("http://10.0.0.1/", false), ("http://1.127.0.0/", false),
    ])
    func `knows this machine by its names`(url: String, isLoopback: Bool) throws {
        #expect(try HTTPAddress(parsing: url).isLoopback == isLoopback)
    }

    @Test(arguments: [
        ("https://API.example.com/v1", "api.example.com"), ("http://api.example.com:80/", "api.example.com"),
        ("http://127.0.0.1:8080", "127.0.0.1:8080"), ("https://[::1]:443/", "[::1]"), ("http://a:443", "a:443"),
    ])
    func `is named by host and unusual port`(url: String, name: String) throws {
        #expect(try HTTPAddress(parsing: url).name == name)
    }

    @Test func `trusts a server only by a certificate`() async throws {
        let directory = try TemporaryDirectory()
        let port = try LoopbackServer { _ in .close }.port
        _ = try await run(
            .name("openssl"),
            arguments: [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout",
                directory.file("key.pem"), "-out", directory.file("certificate.pem"),
            ], output: .discarded, error: .discarded)
        let client = HTTPClient(userAgent: "vocero-tests/1", certificateBundle: directory.file("certificate.pem"))
        let system = HTTPClient(userAgent: "vocero-tests/1")
        let policy = HTTPRetryPolicy(maxAttempts: 200, baseDelay: .milliseconds(20), maxDelay: .milliseconds(50))
        try await withThrowingTaskGroup { group in
            group.addTask {
                // Ends by SIGTERM when the group is cancelled.
                _ = try await run(
                    .name("openssl"),
                    arguments: [
                        "s_server", "-accept", "127.0.0.1:\(port)", "-www", "-key", directory.file("key.pem"), "-cert",
                        directory.file("certificate.pem"),
                    ], output: .discarded, error: .discarded)
            }
            // The server needs a moment to listen: refused connections are tried again.
            let request = HTTPRequest(url: "https://localhost:\(port)/", retries: policy)
            let response = try await client.send(request)
            #expect(response.head.status == 200)
            for (url, trusting) in [("localhost", system), ("127.0.0.1", client)] {
                var refused = request
                refused.url = "https://\(url):\(port)/"
                let error = await #expect(throws: HTTPError.self) { try await trusting.send(refused) }
                #expect(error?.code == .tls)
                #expect(error?.attempts == 1)
                #expect(error?.message.contains("\(url):\(port)") == true)
            }
            group.cancelAll()
        }
    }
}
