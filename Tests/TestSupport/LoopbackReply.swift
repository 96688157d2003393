package import JSON

/// What a ``LoopbackServer`` does about one request: an answer, or one of the ways an answer can go wrong.
package indirect enum LoopbackReply: Sendable {
    /// A whole answer with a true length.
    case response(_ status: Int = 200, headers: [String: String] = [:], body: [UInt8] = [])
    /// A chunked answer, piece by piece, ended as `ending` says.
    case stream(
        _ status: Int = 200, headers: [String: String] = [:], pieces: [Piece], ending: Ending = .complete)
    /// Promises `length` bytes, sends only these, and closes.
    case short(_ status: Int = 200, headers: [String: String] = [:], body: [UInt8], length: Int)
    /// These bytes and nothing else on the connection, which then ends as `ending` says: `complete` keeps it open
    /// for the next request.
    case raw([UInt8], ending: Ending = .cut)
    /// Resets the connection in place of an answer.
    case reset
    /// Ends the connection in place of an answer.
    case close
    /// Says nothing until the client goes away (``LoopbackServer/abandonedCount`` counts it) or the server stops.
    case hang
    /// The reply, after a wait that ends early when the client goes away.
    case after(Duration, LoopbackReply)

    /// One piece of a streamed answer.
    package struct Piece: Sendable {
        package var bytes: [UInt8]
        /// The wait before it is sent.
        package var delay: Duration

        package init(_ bytes: [UInt8], after delay: Duration = .zero) {
            self.bytes = bytes
            self.delay = delay
        }

        package init(_ text: String, after delay: Duration = .zero) { self.init(Array(text.utf8), after: delay) }
    }

    /// How a streamed answer ends.
    package enum Ending: Sendable {
        /// As the protocol says.
        case complete
        /// The connection is closed where it stands.
        case cut
        /// The connection is reset where it stands.
        case reset
        /// Nothing more comes, and the connection stays open.
        case hang
    }

    package static func text(
        _ text: String, status: Int = 200, headers: [String: String] = [:], contentType: String = "text/plain"
    ) -> LoopbackReply {
        let type = ["Content-Type": contentType]
        return .response(status, headers: headers.merging(type) { own, _ in own }, body: Array(text.utf8))
    }

    package static func json(_ value: JSON, status: Int = 200, headers: [String: String] = [:]) -> LoopbackReply {
        text(value.description, status: status, headers: headers, contentType: "application/json")
    }

    /// Server-sent events, one `data:` line each.
    package static func events(
        _ data: [String], headers: [String: String] = [:], delay: Duration = .zero, ending: Ending = .complete
    ) -> LoopbackReply {
        let type = ["Content-Type": "text/event-stream"]
        return .stream(
            headers: headers.merging(type) { own, _ in own },
            pieces: data.map { Piece("data: \($0)\n\n", after: delay) }, ending: ending)
    }
}
