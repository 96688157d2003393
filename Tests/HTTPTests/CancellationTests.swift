import Testing
import TestSupport

@testable import HTTP

@Suite(.timeLimit(.minutes(1))) struct `A transfer that is given up` {
    let client = HTTPClient(userAgent: "vocero-tests/1")

    /// Says when a request came, writes `start`, and hangs.
    static func server(_ start: String) throws -> (LoopbackServer, AsyncStream<Void>) {
        let (requests, reporter) = AsyncStream.makeStream(of: Void.self)
        let server = try LoopbackServer { _ in
            reporter.yield()
            return start.isEmpty ? .hang : .raw(Array(start.utf8), ending: .hang)
        }
        return (server, requests)
    }

    static let starts = ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nstart"]

    @Test(arguments: starts) func `by cancelling its task is stopped`(start: String) async throws {
        let (server, requests) = try Self.server(start)
        let url = server.url
        let task = Task { try await client.send(HTTPRequest(url: url)) }
        for await _ in requests { break }
        task.cancel()
        let error = await #expect(throws: HTTPError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        #expect(await server.waitForAbandoned())
    }

    @Test func `by cancelling the task that reads its stream is stopped`() async throws {
        let (server, requests) = try Self.server(Self.starts[1])
        let stream = try await client.stream(HTTPRequest(url: server.url))
        let task = Task {
            while try await stream.next() != nil {}
        }
        for await _ in requests { break }
        task.cancel()
        let error = await #expect(throws: HTTPError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        #expect(await server.waitForAbandoned())
    }

    @Test func `by dropping its stream is stopped`() async throws {
        let (server, requests) = try Self.server(Self.starts[1])
        var stream: HTTPResponseStream? = try await client.stream(HTTPRequest(url: server.url))
        #expect(stream?.head.status == 200)
        stream = nil
        for await _ in requests { break }
        #expect(await server.waitForAbandoned())
    }

    @Test func `by a task that is cancelled already is never sent`() async throws {
        let (server, _) = try Self.server("")
        let url = server.url
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(HTTPRequest(url: url))
        }
        let error = await #expect(throws: HTTPError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        #expect(server.connectionCount == 0)
    }

    @Test func `by cancelling during the look-up of its name ends at once`() async throws {
        let task = Task { try await client.send(HTTPRequest(url: "http://vocero-tests.invalid/")) }
        task.cancel()
        let error = await #expect(throws: HTTPError.self) { try await task.value }
        #expect(error?.code == .cancelled || error?.code == .resolve)
    }

    @Test func `does not disturb the others`() async throws {
        let (hanging, requests) = try Self.server("")
        let server = try LoopbackServer { _ in .response() }
        let url = hanging.url
        let tasks = (0..<20).map { _ in Task { try await client.send(HTTPRequest(url: url)) } }
        var began = 0
        for await _ in requests {
            began += 1
            if began == tasks.count { break }
        }
        for (index, task) in tasks.enumerated() where index.isMultiple(of: 2) { task.cancel() }
        #expect(try await client.send(HTTPRequest(url: server.url)).head.status == 200)
        for task in tasks { task.cancel() }
        for task in tasks { await #expect(throws: HTTPError.self) { try await task.value } }
    }

    @Test func `outlives its client as long as its stream is kept`() async throws {
        let server = try LoopbackServer { _ in .stream(pieces: [.init("ab"), .init("cd", after: .milliseconds(50))]) }
        let stream = try await HTTPClient(userAgent: "vocero-tests/1").stream(HTTPRequest(url: server.url))
        var body: [UInt8] = []
        while let piece = try await stream.next() { body += piece }
        #expect(body == Array("abcd".utf8))
    }
}
