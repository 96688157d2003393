import Testing
import TestSupport

@testable import HTTP

@Suite(.timeLimit(.minutes(1))) struct `A body` {
    let client = HTTPClient(userAgent: "vocero-tests/1")

    /// Bytes that repeat at no power of two.
    static func bytes(_ count: Int) -> [UInt8] {
        let block: [UInt8] = Array(0..<251)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + block.count)
        while bytes.count < count { bytes += block }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    @Test func `of a form arrives as it was meant`() async throws {
        let directory = try TemporaryDirectory()
        let content = Self.bytes(100_000)
        let path = try directory.write("source.bin", content)
        let server = try LoopbackServer { _ in .response() }
        _ = try await client.send(
            HTTPRequest(
                method: "POST", url: server.url,
                body: .multipart([
                    HTTPMultipartPart(name: "model", content: .text("whisper-1")),
                    HTTPMultipartPart(name: "prompt", content: .text("")),
                    HTTPMultipartPart(name: "idioma", content: .text("español\r\n--x")),
                    HTTPMultipartPart(
                        name: "file",
                        content: .file(path: path, filename: "grabación \"1\"\r\n.wav", contentType: "audio/wav")),
                ])))
        let request = try #require(server.requests.first)
        #expect(request.line == "POST /")
        let type = try #require(request.headers["content-type"])
        #expect(type.hasPrefix("multipart/form-data; boundary="))
        let boundary = "--" + type.split(separator: "boundary=")[1]
        let form = [
            boundary, "Content-Disposition: form-data; name=\"model\"", "", "whisper-1",
            boundary, "Content-Disposition: form-data; name=\"prompt\"", "", "",
            boundary, "Content-Disposition: form-data; name=\"idioma\"", "", "español\r\n--x",
            boundary, "Content-Disposition: form-data; name=\"file\"; filename=\"grabación %221%22%0D%0A.wav\"",
            "Content-Type: audio/wav", "", "",
        ].joined(separator: "\r\n")
        #expect(request.body == Array(form.utf8) + content + Array("\r\n\(boundary)--\r\n".utf8))
    }

    @Test(arguments: ["POST", "PUT"]) func `of 20 MB goes up from disk`(method: String) async throws {
        let directory = try TemporaryDirectory()
        let content = Self.bytes(20_000_000)
        let path = try directory.write("large.bin", content)
        let server = try LoopbackServer { _ in .response() }
        _ = try await client.send(
            HTTPRequest(method: method, url: server.url, body: .file(path: path, contentType: "application/x-test")))
        let request = try #require(server.requests.first)
        #expect(request.line == "\(method) /")
        #expect(request.headers["content-type"] == "application/x-test")
        #expect(request.headers["transfer-encoding"] == nil)
        #expect(request.body == content)
    }

    @Test func `that is empty is sent as such`() async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("empty", "")
        let server = try LoopbackServer { _ in .response() }
        for body: HTTPBody in [.file(path: path, contentType: "text/plain"), .bytes([], contentType: "text/plain")] {
            _ = try await client.send(HTTPRequest(method: "POST", url: server.url, body: body))
        }
        #expect(server.requests.map { $0.headers["content-length"] } == ["0", "0"])
        #expect(server.requests.map { $0.headers["content-type"] } == ["text/plain", "text/plain"])
    }

    @Test(arguments: ["missing", ".", "no/such/folder"], [false, true])
    func `that cannot be read is an error with its path`(name: String, isForm: Bool) async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file(name)
        let server = try LoopbackServer { _ in .response() }
        let body: HTTPBody =
            isForm
            ? .multipart([
                HTTPMultipartPart(name: "file", content: .file(path: path, filename: "x", contentType: "text/plain"))
            ])
            : .file(path: path, contentType: "text/plain")
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(HTTPRequest(method: "POST", url: server.url, body: body))
        }
        #expect(error?.code == .localFile)
        #expect(error?.message.contains(path) == true)
        #expect(server.requests.isEmpty)
    }

    @Test func `that is streamed waits for its reader and arrives whole`() async throws {
        let content = Self.bytes(8_000_000)
        let server = try LoopbackServer { _ in .response(body: content) }
        let stream = try await client.stream(
            HTTPRequest(url: server.url, deadlines: HTTPDeadlines(idle: .seconds(1))))
        // Longer than the idle deadline: a reader that takes its time is no silence of the server.
        try await Task.sleep(for: .milliseconds(1500))
        var received: [UInt8] = []
        var largest = 0
        while let piece = try await stream.next() {
            received += piece
            largest = max(largest, piece.count)
        }
        #expect(received == content)
        #expect(largest <= Exchange.maxBufferedBytes + 100_000)
    }

    @Test func `of events is read as they come`() async throws {
        let texts = ["data: {\"a\"", ":1}\n\ndata: tw", "o\n", "\ndata: [DONE]\n\n"]
        let server = try LoopbackServer { _ in .stream(pieces: texts.map { .init($0, after: .milliseconds(5)) }) }
        let stream = try await client.stream(HTTPRequest(url: server.url))
        var parser = ServerSentEventParser()
        var events: [String] = []
        while let piece = try await stream.next() { events += parser.feed(piece).map(\.data) }
        #expect(events == ["{\"a\":1}", "two", "[DONE]"])
    }

    @Test func `that the server refuses early still gets its answer`() async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("file", Self.bytes(1_000_000))
        let server = try LoopbackServer { _ in .text("too large", status: 413, headers: ["Connection": "close"]) }
        let response = try await client.send(
            HTTPRequest(
                method: "POST", url: server.url, body: .file(path: path, contentType: "text/plain"),
                retries: HTTPRetryPolicy(maxAttempts: 3)))
        #expect(response.head.status == 413)
        #expect(response.head.attempts == 1)
        #expect(server.requests.count == 1)
    }
}
