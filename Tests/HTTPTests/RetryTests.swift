import Synchronization
import Testing
import TestSupport

@testable import HTTP

@Suite(.timeLimit(.minutes(1))) struct `A retried request` {
    let client = HTTPClient(userAgent: "vocero-tests/1")

    static func policy(_ attempts: Int) -> HTTPRetryPolicy {
        HTTPRetryPolicy(maxAttempts: attempts, baseDelay: .milliseconds(2), maxDelay: .milliseconds(10))
    }

    /// Fails twice by `failure`, then answers.
    static func server(_ failure: LoopbackReply) throws -> LoopbackServer {
        let count = Mutex(0)
        return try LoopbackServer { _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return number <= 2 ? failure : .text("done")
        }
    }

    @Test func `tells of each wait and counts its attempts`() async throws {
        let server = try Self.server(.response(503, headers: ["retry-after-ms": "3"]))
        let notes = Mutex<[String]>([])
        var policy = Self.policy(3)
        policy.onRetry = { attempt, wait, reason in notes.withLock { $0.append("\(attempt) \(wait) \(reason)") } }
        let body = HTTPBody.bytes(Array("same".utf8), contentType: "text/plain")
        let response = try await client.send(HTTPRequest(method: "POST", url: server.url, body: body, retries: policy))
        #expect(response.head.status == 200)
        #expect(response.head.attempts == 3)
        #expect(notes.withLock { $0 } == (1...2).map { "\($0) 0.003 seconds The server answered with status 503." })
        #expect(server.requests.map(\.body) == Array(repeating: Array("same".utf8), count: 3))
        #expect(server.connectionCount == 1)
    }

    @Test(arguments: [LoopbackReply.close, .reset, .short(body: [1, 2], length: 100)])
    func `goes out again after a broken connection`(failure: LoopbackReply) async throws {
        let server = try Self.server(failure)
        let request = HTTPRequest(method: "POST", url: server.url, retries: Self.policy(3))
        #expect(try await client.send(request).body == Array("done".utf8))
        #expect(server.requests.count == 3)
    }

    @Test func `gives the last answer, or the last error, when its attempts are used up`() async throws {
        let busy = try Self.server(.text("busy", status: 429))
        let response = try await client.send(HTTPRequest(url: busy.url, retries: Self.policy(2)))
        #expect(response.head.status == 429)
        #expect(response.head.attempts == 2)
        let broken = try Self.server(.reset)
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(HTTPRequest(method: "POST", url: broken.url, retries: Self.policy(2)))
        }
        #expect(error?.code == .truncated)
        #expect(error?.attempts == 2)
    }

    @Test func `streams the accepted answer only`() async throws {
        let server = try Self.server(.text("error body", status: 500))
        let stream = try await client.stream(HTTPRequest(url: server.url, retries: Self.policy(3)))
        #expect(stream.head.attempts == 3)
        #expect(try await stream.next() == Array("done".utf8))
        #expect(try await stream.next() == nil)
    }

    @Test func `streams the body of an error that stands`() async throws {
        let server = try Self.server(.text("error body", status: 400))
        let stream = try await client.stream(HTTPRequest(url: server.url, retries: Self.policy(3)))
        #expect(stream.head.status == 400)
        #expect(try await stream.next() == Array("error body".utf8))
        #expect(try await stream.next() == nil)
        #expect(server.requests.count == 1)
    }

    @Test func `is given up when the server asks for too long a wait`() async throws {
        let server = try Self.server(.response(429, headers: ["Retry-After": "3600"]))
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(HTTPRequest(url: server.url, retries: Self.policy(3)))
        }
        #expect(error?.code == .waitTooLong)
        #expect(error?.retryAfter == .seconds(3600))
        #expect(error?.status == 429)
        #expect(error?.attempts == 1)
    }

    @Test func `stops waiting when it is cancelled`() async throws {
        let server = try Self.server(.response(429, headers: ["Retry-After": "100"]))
        let (waits, waiting) = AsyncStream.makeStream(of: Void.self)
        var policy = Self.policy(3)
        policy.onRetry = { _, _, _ in waiting.yield() }
        let request = HTTPRequest(url: server.url, retries: policy)
        let task = Task { try await client.send(request) }
        for await _ in waits { break }
        task.cancel()
        let error = await #expect(throws: HTTPError.self) { try await task.value }
        #expect(error?.code == .cancelled)
    }

    @Test(arguments: ["empty", "bytes", "file"])
    func `is never repeated behind the policy's back on a kept connection`(kind: String) async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("body", String(repeating: "x", count: 300_000))
        let body: HTTPBody =
            switch kind {
            case "file": .file(path: path, contentType: "text/plain")
            case "bytes": .bytes(Array("content".utf8), contentType: "text/plain")
            default: .empty
            }
        let server = try LoopbackServer { $0.path == "/effect" ? .close : .response() }
        _ = try await client.send(HTTPRequest(url: server.url + "/warm-up"))
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(HTTPRequest(method: "POST", url: server.url + "/effect", body: body))
        }
        #expect(error?.code == .truncated)
        #expect(server.requests.map(\.line) == ["GET /warm-up", "POST /effect"])
    }
}
