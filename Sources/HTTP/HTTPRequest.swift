/// One request. Credentials belong in ``headers``: they are never printed and never follow a redirect to
/// another origin.
package struct HTTPRequest: Sendable {
    package var method: String
    /// An absolute `http` or `https` URL.
    package var url: String
    package var headers: HTTPHeaders
    package var body: HTTPBody
    package var deadlines: HTTPDeadlines
    package var retries: HTTPRetryPolicy
    /// A longer answer is an error, not memory. Of an answer that is streamed to a reader this bounds nothing: only what
    /// is kept whole can be too long.
    package var maxResponseBytes: Int
    /// Reach the server through this Unix socket instead of TCP.
    package var unixSocket: String?

    package init(
        method: String = "GET", url: String, headers: HTTPHeaders = HTTPHeaders(), body: HTTPBody = .empty,
        deadlines: HTTPDeadlines = HTTPDeadlines(), retries: HTTPRetryPolicy = .never,
        maxResponseBytes: Int = 64 << 20, unixSocket: String? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadlines = deadlines
        self.retries = retries
        self.maxResponseBytes = maxResponseBytes
        self.unixSocket = unixSocket
    }
}

package enum HTTPBody: Sendable {
    case empty
    case bytes([UInt8], contentType: String)
    /// Streamed from disk.
    case file(path: String, contentType: String)
    /// `multipart/form-data`; file parts are streamed from disk.
    case multipart([HTTPMultipartPart])
}

package struct HTTPMultipartPart: Sendable {
    package enum Content: Sendable {
        case text(String)
        case file(path: String, filename: String, contentType: String)
    }

    package var name: String
    package var content: Content

    package init(name: String, content: Content) {
        self.name = name
        self.content = content
    }
}

/// How long a transfer may take. Nil is no bound.
package struct HTTPDeadlines: Sendable, Hashable {
    package var connect: Duration?
    /// The longest time in which no byte moves in either direction.
    package var idle: Duration?
    /// Of one attempt, from its start to its last byte.
    package var total: Duration?

    package init(connect: Duration? = .seconds(10), idle: Duration? = .seconds(60), total: Duration? = .seconds(600)) {
        self.connect = connect
        self.idle = idle
        self.total = total
    }
}
