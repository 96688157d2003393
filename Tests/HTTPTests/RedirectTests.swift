import Testing
import TestSupport

@testable import HTTP

@Suite(.timeLimit(.minutes(1))) struct `A redirect` {
    let client = HTTPClient(userAgent: "vocero-tests/1")

    @Test(arguments: [301, 302, 303, 307, 308], ["GET", "HEAD"])
    func `within an origin is followed`(status: Int, method: String) async throws {
        let server = try LoopbackServer { request in
            request.path.hasSuffix("/start") ? .response(status, headers: ["Location": "../end?x=1"]) : .response()
        }
        let response = try await client.send(
            HTTPRequest(method: method, url: server.url + "/a/start", headers: ["Authorization": "Bearer k"]))
        #expect(response.head.status == 200)
        #expect(response.head.attempts == 1)
        #expect(server.requests.map(\.line) == ["\(method) /a/start", "\(method) /end"])
        #expect(server.requests.allSatisfy { $0.headers["authorization"] == "Bearer k" })
    }

    @Test(arguments: [307, 308]) func `that keeps the method keeps the body`(status: Int) async throws {
        let server = try LoopbackServer { request in
            request.path.hasSuffix("/start") ? .response(status, headers: ["Location": "/end"]) : .response()
        }
        let body = HTTPBody.bytes(Array("content".utf8), contentType: "text/plain")
        let stream = try await client.stream(HTTPRequest(method: "POST", url: server.url + "/start", body: body))
        #expect(stream.head.status == 200)
        #expect(server.requests.map(\.line) == ["POST /start", "POST /end"])
        #expect(server.requests.allSatisfy { $0.body == Array("content".utf8) })
    }

    @Test func `of status 303 turns a post into a get`() async throws {
        let server = try LoopbackServer { request in
            request.path.hasSuffix("/start") ? .response(303, headers: ["Location": "/end"]) : .response()
        }
        let body = HTTPBody.bytes(Array("content".utf8), contentType: "text/plain")
        _ = try await client.send(HTTPRequest(method: "POST", url: server.url + "/start", body: body))
        #expect(server.requests.map(\.line) == ["POST /start", "GET /end"])
        #expect(server.requests.last?.body.isEmpty == true)
        #expect(server.requests.last?.headers["content-type"] == nil)
    }

    @Test(arguments: [
        ("http://localhost:PORT/x", "localhost"), ("https://127.0.0.1:PORT/x", "127.0.0.1"),
        ("//evil.example/x?key=s3cret", "evil.example"), ("http://127.0.0.1:1/x", "127.0.0.1:1"),
        ("http://user:s3cret@127.0.0.1:PORT/", "cannot be followed"), ("file:///etc/passwd", "cannot be followed"),
        ("http://127.0.0.1:PORT@evil.example/", "cannot be followed"), ("http:\\\\evil.example", ""),
    ])
    func `to another origin is refused and sends nothing there`(location: String, named: String) async throws {
        let other = try LoopbackServer { _ in .response() }
        let server = try LoopbackServer { _ in
            .response(302, headers: ["Location": location.replacing("PORT", with: "\(other.port)")])
        }
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: server.url, headers: ["X-Api-Key": "k"]))
        }
        #expect(error?.code == .redirectRefused)
        #expect(error?.message.contains(named) == true || named.isEmpty)
        #expect(error?.message.contains("s3cret") == false)
        #expect(other.connectionCount == 0)
    }

    @Test func `of a post that would not repeat it is refused`() async throws {
        let server = try LoopbackServer { _ in .response(302, headers: ["Location": "/end"]) }
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(HTTPRequest(method: "POST", url: server.url))
        }
        #expect(error?.code == .redirectRefused)
        #expect(server.requests.count == 1)
    }

    @Test func `in a loop ends`() async throws {
        let server = try LoopbackServer { _ in .response(302, headers: ["Location": "/again"]) }
        let error = await #expect(throws: HTTPError.self) { try await client.send(HTTPRequest(url: server.url)) }
        #expect(error?.code == .redirectRefused)
        #expect(server.requests.count == HTTPRequest.maxRedirects + 1)
    }

    @Test(arguments: [300, 304, 302]) func `without a place to go is an answer`(status: Int) async throws {
        let server = try LoopbackServer { _ in .response(status) }
        #expect(try await client.send(HTTPRequest(url: server.url)).head.status == status)
    }
}
