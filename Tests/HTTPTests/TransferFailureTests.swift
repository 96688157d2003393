import Testing
import TestSupport

@testable import HTTP

@Suite(.timeLimit(.minutes(1))) struct `A transfer that goes wrong` {
    let client = HTTPClient(userAgent: "vocero-tests/1")

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var code: HTTPError.Code
        var reply: LoopbackReply

        init(_ name: String, _ code: HTTPError.Code, _ reply: LoopbackReply) {
            testDescription = name
            self.code = code
            self.reply = reply
        }
    }

    static func raw(_ text: String, _ ending: LoopbackReply.Ending = .cut) -> LoopbackReply {
        .raw(Array("HTTP/1.1 200 OK\r\n\(text)".utf8), ending: ending)
    }

    static let rows: [Row] = [
        Row("closed before the answer", .truncated, .close),
        Row("reset before the answer", .truncated, .reset),
        Row("closed within the head", .truncated, raw("Content-Le")),
        Row("shorter than promised", .truncated, .short(body: Array("short".utf8), length: 100)),
        Row("chunk cut off", .truncated, raw("Transfer-Encoding: chunked\r\n\r\n64\r\nshort")),
        Row("last chunk missing", .truncated, .stream(pieces: [.init("short")], ending: .cut)),
        Row("reset within the body", .truncated, raw("Content-Length: 100\r\n\r\nshort", .reset)),
        Row("not HTTP", .protocolViolation, .raw(Array("SSH-2.0-OpenSSH_9.2\r\n\r\n".utf8))),
        Row("two lengths", .protocolViolation, raw("Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello")),
        Row("endless head", .protocolViolation, raw(String(repeating: "X: \(longText)\r\n", count: 300) + "\r\n")),
        Row("longer than allowed", .responseTooLarge, .text(String(repeating: "x", count: 70_000))),
        Row("endless", .responseTooLarge, raw("\r\n" + String(repeating: longText, count: 100), .hang)),
        Row("idle within the body", .idleTimedOut, raw("Content-Length: 100\r\n\r\nshort", .hang)),
        Row("idle before the answer", .idleTimedOut, .hang),
        Row(
            "slow but never idle", .totalTimedOut,
            .stream(pieces: Array(repeating: .init("x", after: .milliseconds(10)), count: 200), ending: .hang)),
    ]

    /// Only whole answers are decompressed.
    static let compressedRows: [Row] = [
        Row(
            "compressed and shorter than promised", .truncated,
            .short(headers: ["Content-Encoding": "gzip"], body: hello.dropLast(4), length: 100)),
        Row("not compressed as it says", .protocolViolation, .text("not gzip", headers: ["Content-Encoding": "gzip"])),
    ]

    static let longText = String(repeating: "x", count: 1000)

    /// `hello` as gzip.
    static let hello: [UInt8] = [
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10, 0x36, 5, 0, 0, 0,
    ]

    /// Short deadlines only for those rows that are to meet them.
    func request(_ server: LoopbackServer, _ code: HTTPError.Code = .truncated) -> HTTPRequest {
        HTTPRequest(
            url: server.url + "/path?key=s3cret",
            deadlines: HTTPDeadlines(
                idle: code == .idleTimedOut ? .milliseconds(100) : .seconds(20),
                total: code == .totalTimedOut ? .milliseconds(300) : .seconds(30)),
            maxResponseBytes: 65_536)
    }

    @Test(arguments: rows + compressedRows) func `is an error, never a shorter answer`(row: Row) async throws {
        let server = try LoopbackServer { _ in row.reply }
        let error = await #expect(throws: HTTPError.self) { try await client.send(request(server, row.code)) }
        #expect(error?.code == row.code)
        #expect(error?.message.contains("127.0.0.1:\(server.port)") == true)
        #expect(error?.message.contains("s3cret") == false)
    }

    /// What a reader takes as it comes has no bound but the reader's.
    @Test(arguments: rows.filter { $0.code != .responseTooLarge })
    func `is an error while it is streamed, too`(row: Row) async throws {
        let server = try LoopbackServer { _ in row.reply }
        let error = await #expect(throws: HTTPError.self) {
            let stream = try await client.stream(request(server, row.code))
            while try await stream.next() != nil {}
        }
        #expect(error?.code == row.code)
    }

    @Test func `is never too long for a reader, and too long for an error that is kept`() async throws {
        let body = [UInt8](repeating: 7, count: 200_000)
        let server = try LoopbackServer { request in
            .response(request.path == "/fine" ? 200 : 500, body: body)
        }
        var long = request(server)
        long.url = server.url + "/fine"
        let stream = try await client.stream(long)
        var count = 0
        while let piece = try await stream.next() { count += piece.count }
        #expect(count == body.count)
        long.url = server.url + "/bad"
        let error = await #expect(throws: HTTPError.self) { try await client.stream(long) }
        #expect(error?.code == .responseTooLarge)
    }

    @Test func `gives what came before the connection broke`() async throws {
        let server = try LoopbackServer { _ in .short(body: Array("short".utf8), length: 100) }
        let stream = try await client.stream(request(server))
        #expect(try await stream.next() == Array("short".utf8))
        let error = await #expect(throws: HTTPError.self) { try await stream.next() }
        #expect(error?.code == .truncated)
    }

    @Test func `is undone by decompression only where the answer is whole`() async throws {
        let server = try LoopbackServer { _ in .response(headers: ["Content-Encoding": "gzip"], body: Self.hello) }
        #expect(try await client.send(request(server)).body == Array("hello".utf8))
        _ = try await client.stream(request(server))
        #expect(server.requests.map { $0.headers["accept-encoding"]?.contains("gzip") } == [true, nil])
    }

    @Test func `ends when the handshake does not`() async throws {
        // A listener that accepts, but never speaks TLS.
        let server = try LoopbackServer { _ in .hang }
        var request = HTTPRequest(url: "https://127.0.0.1:\(server.port)/")
        request.deadlines = HTTPDeadlines(connect: .milliseconds(200), idle: nil, total: nil)
        let error = await #expect(throws: HTTPError.self) { try await client.send(request) }
        #expect(error?.code == .connectTimedOut)
    }
}
