internal import Assistant
internal import HTTP
internal import JSON

/// An answer that was asked for as a stream of events. Read by one task; letting go of it stops the transfer.
final class OpenAIEventStream {
    enum Piece {
        case event(ServerSentEvent)
        /// The server sent one JSON object instead of events.
        case whole(JSON)
    }

    private static let mostWholeBytes = OpenAIClient.mostChatBytes
    /// Pieces of an answer are words; a call's arguments may come in one.
    private static let mostEventBytes = 4 << 20

    let requestID: String?
    /// The first bytes, for the error that says why they were not understood.
    private(set) var beginning: [UInt8] = []
    private let stream: HTTPResponseStream
    private let failure: OpenAIFailure
    private var parser = ServerSentEventParser()
    private var events: [ServerSentEvent] = []
    private var hasEnded = false

    init(_ stream: HTTPResponseStream, failure: OpenAIFailure) {
        self.stream = stream
        self.failure = failure
        requestID = stream.head.headers[OpenAIFailure.requestIDField]
    }

    /// The next event; nil at the true end of the stream.
    func next() async throws(EngineError) -> Piece? {
        while events.isEmpty {
            if hasEnded { return nil }
            guard let bytes = try await read() else {
                hasEnded = true
                // The last event may lack its empty line; one that is cut in itself is no JSON.
                events = parser.feed([10, 10])
                continue
            }
            if beginning.isEmpty {
                beginning = Array(bytes.prefix(300))
                // No field of an event begins with a brace.
                if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") { return .whole(try await whole(bytes)) }
            }
            events = parser.feed(bytes)
            guard parser.pendingBytes <= Self.mostEventBytes else {
                throw failure.malformed(
                    "an event of its stream has more than \(Self.mostEventBytes) bytes", requestID: requestID)
            }
        }
        return .event(events.removeFirst())
    }

    /// Reads on for a moment, so that the connection can serve the next request.
    func drain() async {
        let stream = stream
        await withTaskGroup(of: Void.self) { group in
            group.addTask { while (try? await stream.next()) != nil {} }
            group.addTask { try? await Task.sleep(for: .milliseconds(200)) }
            await group.next()
            group.cancelAll()
        }
    }

    private func read() async throws(EngineError) -> [UInt8]? {
        do throws(HTTPError) {
            return try await stream.next()
        } catch {
            throw failure.brokenStream(error, requestID: requestID)
        }
    }

    private func whole(_ first: [UInt8]) async throws(EngineError) -> JSON {
        var body = first
        while body.count <= Self.mostWholeBytes, let piece = try await read() { body += piece }
        return try failure.object(body, requestID: requestID)
    }
}
