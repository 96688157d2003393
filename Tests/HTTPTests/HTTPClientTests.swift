import Testing
import TestSupport

@testable import HTTP

@Suite(.timeLimit(.minutes(1))) struct `An HTTP client` {
    let client = HTTPClient(userAgent: "vocero-tests/1")

    @Test func `sends a request and gives the whole answer`() async throws {
        let server = try LoopbackServer { _ in .text("hello", status: 201, headers: ["X-Request-Id": "r1"]) }
        let response = try await client.send(
            HTTPRequest(
                method: "POST", url: server.url + "/v1/things?a=b",
                headers: ["Authorization": "Bearer k", "X-Empty": ""],
                body: .bytes(Array("{}".utf8), contentType: "application/json")))
        #expect(response.head.status == 201)
        #expect(response.head.headers["x-request-id"] == "r1")
        #expect(response.head.httpVersion == "1.1")
        #expect(response.head.attempts == 1)
        #expect(response.body == Array("hello".utf8))
        let request = try #require(server.requests.first)
        #expect(request.line == "POST /v1/things")
        #expect(request.query == ["a": "b"])
        #expect(request.headers["authorization"] == "Bearer k")
        #expect(request.headers["x-empty"]?.isEmpty == true)
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.headers["user-agent"] == "vocero-tests/1")
        #expect(request.headers["expect"] == nil)
        #expect(request.body == Array("{}".utf8))
    }

    @Test(arguments: ["GET", "HEAD", "DELETE", "POST", "PUT", "PATCH", "OPTIONS"])
    func `sends every method without a body`(method: String) async throws {
        let server = try LoopbackServer { _ in .text("hello") }
        let response = try await client.send(HTTPRequest(method: method, url: server.url))
        #expect(response.head.status == 200)
        #expect(response.body.isEmpty == (method == "HEAD"))
        let request = try #require(server.requests.first)
        #expect(request.line == "\(method) /")
        #expect(request.headers["content-length"] == (["POST", "PUT", "PATCH"].contains(method) ? "0" : nil))
        #expect(request.headers["content-type"] == nil)
    }

    @Test func `uses one connection for requests that follow each other`() async throws {
        let server = try LoopbackServer { _ in .response() }
        for _ in 0..<20 { _ = try await client.send(HTTPRequest(url: server.url)) }
        #expect(server.requests.count == 20)
        #expect(server.connectionCount == 1)
    }

    @Test func `runs 64 requests at once and keeps their connections`() async throws {
        let server = try LoopbackServer { .after(.milliseconds(20), .text($0.line)) }
        let url = server.url
        for _ in 0..<2 {
            try await withThrowingTaskGroup { group in
                for number in 0..<64 {
                    group.addTask {
                        let response = try await client.send(HTTPRequest(url: "\(url)/\(number)"))
                        #expect(String(decoding: response.body, as: UTF8.self) == "GET /\(number)")
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(server.requests.count == 128)
        #expect(server.connectionCount <= 64)
    }

    @Test func `passes over interim answers and trailers`() async throws {
        let text =
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
            + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n2\r\nok\r\n0\r\nX-T: 1\r\n\r\n"
        let server = try LoopbackServer { _ in .raw(Array(text.utf8), ending: .complete) }
        let response = try await client.send(HTTPRequest(url: server.url))
        #expect(response.head.headers["link"] == nil)
        #expect(response.head.headers["x-t"] == nil)
        #expect(response.body == Array("ok".utf8))
    }

    @Test(arguments: [
        ("ftp://127.0.0.1/x", HTTPError.Code.invalidURL), ("http://user:secret@127.0.0.1/", .invalidURL),
        ("file:///etc/passwd", .invalidURL), ("", .invalidURL), ("http://", .invalidURL),
        ("http://127.0.0.1/a\r\nX: y", .invalidURL), ("/relative", .invalidURL), ("http://a b/", .invalidURL),
    ])
    func `refuses an address that is not plain http or https`(url: String, code: HTTPError.Code) async throws {
        let error = await #expect(throws: HTTPError.self) { try await client.send(HTTPRequest(url: url)) }
        #expect(error?.code == code)
        #expect(error?.message.contains("secret") == false)
    }

    @Test func `refuses headers that would be read as several`() async throws {
        for headers: HTTPHeaders in [["X": "a\r\nY: b"], ["X\r\nY": "b"], ["X:": "b"], ["": "b"], ["X": "a\0b"]] {
            let error = await #expect(throws: HTTPError.self) {
                try await client.send(HTTPRequest(url: "http://127.0.0.1:1/", headers: headers))
            }
            #expect(error?.code == .protocolViolation)
        }
    }

    @Test func `names host and port when nobody listens`() async throws {
        let port = try LoopbackServer { _ in .close }.port
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: "http://127.0.0.1:\(port)/path?key=secret"))
        }
        #expect(error?.code == .connect)
        #expect(error?.message.contains("127.0.0.1:\(port)") == true)
        #expect(error?.message.contains("secret") == false)
    }
}

extension LoopbackRequest {
    /// Method and path.
    var line: String { "\(method) \(path)" }
}
