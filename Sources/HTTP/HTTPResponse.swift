/// A whole answer. Statuses of 400 and above are answers too, not errors.
package struct HTTPResponse: Sendable {
    package var head: HTTPResponseHead
    package var body: [UInt8]

    package init(head: HTTPResponseHead, body: [UInt8]) {
        self.head = head
        self.body = body
    }
}

package struct HTTPResponseHead: Sendable, Hashable {
    package var status: Int
    package var headers: HTTPHeaders
    /// `1.1`, `2`, …
    package var httpVersion: String
    /// How often the request was sent before this answer came.
    package var attempts: Int
    /// How many of the attempts before were sent and lost their answer: they may have had their effect.
    package var lost = 0

    package init(status: Int, headers: HTTPHeaders, httpVersion: String = "1.1", attempts: Int = 1) {
        self.status = status
        self.headers = headers
        self.httpVersion = httpVersion
        self.attempts = attempts
    }
}
