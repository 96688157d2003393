/// Sends requests through libcurl's multi interface on one event thread, started with the first request.
/// Connections are reused; HTTP/2 is used where TLS offers it; TLS is always verified; proxy variables are
/// honoured.
package final class HTTPClient: Sendable {
    package init(userAgent: String) {
        fatalError("contract only")
    }

    /// Sends a request and gives the whole answer. Cancelling the task stops the transfer.
    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        fatalError("contract only")
    }

    /// Sends a request and gives the answer as it comes. Retries end once the head of an accepted answer is
    /// there. Letting go of the stream stops the transfer.
    package func stream(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponseStream {
        fatalError("contract only")
    }
}

/// An answer whose body is read piece by piece; the transfer pauses while nobody reads.
package final class HTTPResponseStream: Sendable {
    package let head: HTTPResponseHead

    init(head: HTTPResponseHead) { self.head = head }

    /// The next piece of the body; nil at its true end. Throws `truncated` when it broke off.
    package func next() async throws(HTTPError) -> [UInt8]? {
        fatalError("contract only")
    }
}
