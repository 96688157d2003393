import Testing

@testable import HTTP

@Suite(.timeLimit(.minutes(1))) struct `A transfer that goes wrong` {
    let client = HTTPClient(userAgent: "vocero-tests/1")

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var code: HTTPError.Code
        var script: @Sendable (ScriptedServer.Connection) -> Void

        init(_ name: String, _ code: HTTPError.Code, _ script: @escaping @Sendable (ScriptedServer.Connection) -> Void)
        {
            testDescription = name
            self.code = code
            self.script = script
        }
    }

    static let head = "HTTP/1.1 200 OK\r\n"
    static let rows: [Row] = [
        Row("closed before the answer", .truncated) { $0.finish() },
        Row("reset before the answer", .truncated) { $0.reset() },
        Row("closed within the head", .truncated) {
            $0.write(head + "Content-Le")
            $0.finish()
        },
        Row("shorter than promised", .truncated) {
            $0.write(head + "Content-Length: 100\r\n\r\nshort")
            $0.finish()
        },
        Row("chunk cut off", .truncated) {
            $0.write(head + "Transfer-Encoding: chunked\r\n\r\n64\r\nshort")
            $0.finish()
        },
        Row("last chunk missing", .truncated) {
            $0.write(head + "Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n")
            $0.finish()
        },
        Row("reset within the body", .truncated) {
            $0.write(head + "Content-Length: 100\r\n\r\nshort")
            $0.pause(milliseconds: 20)
            $0.reset()
        },
        Row("compressed and shorter than promised", .truncated) {
            $0.write(head + "Content-Encoding: gzip\r\nContent-Length: 100\r\n\r\n")
            $0.write(hello.dropLast(4).map { $0 })
            $0.finish()
        },
        Row("not HTTP", .protocolViolation) {
            $0.write("SSH-2.0-OpenSSH_9.2\r\n\r\n")
            $0.finish()
        },
        Row("two lengths", .protocolViolation) {
            $0.write(head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello")
        },
        Row("not what the encoding says", .protocolViolation) {
            $0.reply(200, ["Content-Encoding": "gzip"], "this is not gzip")
        },
        Row("endless head", .protocolViolation) {
            $0.write(
                head + String(repeating: "X-Filler: \(String(repeating: "x", count: 1000))\r\n", count: 300) + "\r\n")
        },
        Row("longer than allowed", .responseTooLarge) { $0.reply(200, [:], String(repeating: "x", count: 70_000)) },
        Row("endless", .responseTooLarge) {
            $0.write(head + "\r\n")
            for _ in 0..<100 { $0.write(String(repeating: "x", count: 1000)) }
            $0.waitForClose()
        },
        Row("idle within the body", .idleTimedOut) {
            $0.write(head + "Content-Length: 100\r\n\r\nshort")
            $0.waitForClose()
        },
        Row("idle before the answer", .idleTimedOut) { $0.waitForClose() },
        Row("slow but never idle", .totalTimedOut) {
            $0.write(head + "Content-Length: 100000\r\n\r\n")
            for _ in 0..<200 {
                $0.pause(milliseconds: 10)
                $0.write("x")
            }
            $0.waitForClose()
        },
    ]

    /// `hello` as gzip.
    static let hello: [UInt8] = [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10, 0x36, 5, 0, 0, 0,
    ]

    /// Short deadlines only for those rows that are to meet them.
    func request(_ server: ScriptedServer, _ code: HTTPError.Code = .truncated) -> HTTPRequest {
        HTTPRequest(
            url: server.url + "/path?key=s3cret",
            deadlines: HTTPDeadlines(
                idle: code == .idleTimedOut ? .milliseconds(100) : .seconds(20),
                total: code == .totalTimedOut ? .milliseconds(300) : .seconds(30)),
            maxResponseBytes: 65_536)
    }

    @Test(arguments: rows) func `is an error, never a shorter answer`(row: Row) async throws {
        let server = try ScriptedServer { connection, _ in row.script(connection) }
        let error = await #expect(throws: HTTPError.self) { try await client.send(request(server, row.code)) }
        #expect(error?.code == row.code)
        #expect(error?.message.contains("127.0.0.1:\(server.port)") == true)
        #expect(error?.message.contains("s3cret") == false)
    }

    @Test(
        arguments: rows.filter { !$0.testDescription.contains("encoding") && !$0.testDescription.contains("ompressed") }
    )
    func `is an error while it is streamed, too`(row: Row) async throws {
        let server = try ScriptedServer { connection, _ in row.script(connection) }
        let error = await #expect(throws: HTTPError.self) {
            let stream = try await client.stream(request(server, row.code))
            while try await stream.next() != nil {}
        }
        #expect(error?.code == row.code)
    }

    @Test func `gives what came before the connection broke`() async throws {
        let server = try ScriptedServer { connection, _ in
            connection.write(Self.head + "Content-Length: 100\r\n\r\nshort")
            connection.finish()
        }
        let stream = try await client.stream(request(server))
        #expect(try await stream.next() == Array("short".utf8))
        let error = await #expect(throws: HTTPError.self) { try await stream.next() }
        #expect(error?.code == .truncated)
    }

    @Test func `is undone by decompression only where the answer is whole`() async throws {
        let server = try ScriptedServer { connection, _ in
            connection.write(Self.head + "Content-Encoding: gzip\r\nContent-Length: \(Self.hello.count)\r\n\r\n")
            connection.write(Self.hello)
        }
        #expect(try await client.send(request(server)).body == Array("hello".utf8))
        _ = try await client.stream(request(server))
        #expect(server.requests.map { $0.headers["accept-encoding"]?.contains("gzip") } == [true, nil])
    }

    @Test func `ends when the handshake does not`() async throws {
        // A listener that accepts, but never speaks TLS.
        let server = try ScriptedServer { _, _ in }
        var request = HTTPRequest(url: "https://127.0.0.1:\(server.port)/")
        request.deadlines = HTTPDeadlines(connect: .milliseconds(200), idle: nil, total: nil)
        let error = await #expect(throws: HTTPError.self) { try await client.send(request) }
        #expect(error?.code == .connectTimedOut)
    }
}
