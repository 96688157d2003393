/// Why a transfer gave no whole answer.
package struct HTTPError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: Sendable, Hashable {
        case invalidURL, resolve, connect, tls, connectTimedOut, idleTimedOut, totalTimedOut
        /// The connection broke, or the body was shorter than promised.
        case truncated
        case responseTooLarge
        case redirectRefused
        /// The server asked to wait longer than the policy allows; `retryAfter` says how long.
        case waitTooLong
        case localFile
        case protocolViolation
        case cancelled
    }

    package var code: Code
    /// A full sentence with the host, never a credential, a query or user info.
    package var message: String
    package var retryAfter: Duration?
    /// The last answer, when the code is `waitTooLong`.
    package var status: Int?
    package var attempts: Int
    /// The request, or a part of it, went out: it may have had its effect.
    package var wasSent = false
    /// How many attempts were sent and lost their answer, this one included.
    package var lost = 0

    package var description: String { message }

    package init(
        _ code: Code, _ message: String, retryAfter: Duration? = nil, status: Int? = nil, attempts: Int = 1
    ) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
        self.status = status
        self.attempts = attempts
    }
}
