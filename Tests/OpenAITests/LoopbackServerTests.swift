import HTTP
import JSON
import TestSupport
import Testing

struct `The loopback server` {
    let client = HTTPClient(userAgent: "vocero-tests")

    @Test func `keeps its connection and every request as it came`() async throws {
        let server = try LoopbackServer { .text($0.path) }
        let url = server.url + "/a/b%20c?x=1%202&y=a%2Bb"
        let body = HTTPBody.bytes(Array("{\"a\":1}".utf8), contentType: "application/json")
        let first = try await client.send(
            HTTPRequest(method: "POST", url: url, headers: ["X-One": "two"], body: body))
        let second = try await client.send(HTTPRequest(url: server.url + "/next"))
        #expect(first.body == Array("/a/b%20c".utf8))
        #expect(second.body == Array("/next".utf8))
        #expect(server.connectionCount == 1)
        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request.query == ["x": "1 2", "y": "a+b"])
        #expect(request.headers["x-one"] == "two")
        #expect(request.json == ["a": 1])
    }

    @Test func `reads a large form with a file`() async throws {
        let directory = try TemporaryDirectory()
        let pattern = (0..<4099).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let bytes = Array(repeatElement(pattern, count: (20 << 20) / pattern.count).joined())
        let path = try directory.write("voice.wav", bytes)
        let server = try LoopbackServer { request in
            .json(["size": .integer(request.part("file")?.body.count ?? -1)])
        }
        let parts = [
            HTTPMultipartPart(name: "model", content: .text("whisper-1")),
            HTTPMultipartPart(
                name: "file", content: .file(path: path, filename: "voice.wav", contentType: "audio/wav")),
        ]
        let response = try await client.send(
            HTTPRequest(method: "POST", url: server.url, body: .multipart(parts)))
        #expect(try JSON(parsing: response.body) == ["size": .integer(bytes.count)])
        let file = try #require(server.requests.first?.part("file"))
        #expect(file.filename == "voice.wav")
        #expect(file.contentType == "audio/wav")
        #expect(file.body == bytes)
        #expect(server.requests.first?.part("model")?.text == "whisper-1")
    }

    @Test func `streams pieces`() async throws {
        let server = try LoopbackServer { _ in .events(["one", "two"], delay: .milliseconds(2)) }
        let response = try await client.send(HTTPRequest(url: server.url))
        #expect(response.body == Array("data: one\n\ndata: two\n\n".utf8))
        #expect(response.head.headers["content-type"] == "text/event-stream")
    }

    static let failures: [LoopbackReply] = [
        .reset, .close, .short(body: [1, 2], length: 3), .stream(pieces: [.init("a")], ending: .cut),
        .stream(pieces: [.init("a")], ending: .reset), .raw(Array("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".utf8)),
        .after(.milliseconds(1), .close),
    ]

    @Test(arguments: failures.indices) func `breaks off as it is told`(row: Int) async throws {
        let server = try LoopbackServer { _ in Self.failures[row] }
        let error = await #expect(throws: HTTPError.self) { try await client.send(HTTPRequest(url: server.url)) }
        #expect(error?.code == .truncated)
    }

    @Test func `hangs, and sees the client go`() async throws {
        let server = try LoopbackServer { _ in .hang }
        let request = HTTPRequest(url: server.url, deadlines: HTTPDeadlines(idle: .milliseconds(50)))
        let error = await #expect(throws: HTTPError.self) { try await client.send(request) }
        #expect(error?.code == .idleTimedOut)
        #expect(await server.waitForAbandoned())
    }

    @Test func `refuses connections once it has stopped`() async throws {
        let server = try LoopbackServer { _ in .text("here") }
        _ = try await client.send(HTTPRequest(url: server.url))
        server.stop()
        let error = await #expect(throws: HTTPError.self) { try await client.send(HTTPRequest(url: server.url)) }
        #expect(error?.code == .connect)
    }
}
