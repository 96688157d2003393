/// Which failures are tried again, and after how long.
///
/// Waits: `retry-after-ms`, then `Retry-After` (seconds, fractions, or a date), else full jitter under
/// `baseDelay`, doubled with each further attempt, at most `maxDelay`. A server that asks for more than
/// `longestServerDelay` gets no further attempt. `x-should-retry` decides where the server sends it; a 413 is
/// never tried again.
package struct HTTPRetryPolicy: Sendable {
    package var maxAttempts: Int
    package var baseDelay: Duration
    package var maxDelay: Duration
    package var longestServerDelay: Duration
    /// How many attempts that were sent, and whose answer was lost, may be followed by another one: what was sent may have
    /// had its effect. Nil for no bound.
    package var mostLost: Int?
    /// Whether an answer says as little of what became of the request as none.
    package var isLost: @Sendable (HTTPResponse) -> Bool = { _ in false }
    /// How long an answer asks to wait, where its headers do not say.
    package var bodyDelay: @Sendable (HTTPResponse) -> Duration? = { _ in nil }
    /// Decides for an answered attempt (status, headers, body of an error answer). Connection errors are
    /// retried whenever `maxAttempts` allows.
    package var shouldRetry: @Sendable (HTTPResponse) -> Bool
    /// Called before each wait, for progress and `-v`.
    package var onRetry: (@Sendable (_ attempt: Int, _ wait: Duration, _ reason: String) -> Void)?

    package init(
        maxAttempts: Int, baseDelay: Duration = .milliseconds(500), maxDelay: Duration = .seconds(8),
        longestServerDelay: Duration = .seconds(120),
        shouldRetry: @escaping @Sendable (HTTPResponse) -> Bool = { Self.isTransient($0.head.status) },
        onRetry: (@Sendable (_ attempt: Int, _ wait: Duration, _ reason: String) -> Void)? = nil
    ) {
        self.maxAttempts = maxAttempts
        self.baseDelay = baseDelay
        self.maxDelay = maxDelay
        self.longestServerDelay = longestServerDelay
        self.shouldRetry = shouldRetry
        self.onRetry = onRetry
    }

    package static let never = HTTPRetryPolicy(maxAttempts: 1, shouldRetry: { _ in false })

    /// 408, 409, 429 and 5xx.
    package static func isTransient(_ status: Int) -> Bool {
        status == 408 || status == 409 || status == 429 || (500...599).contains(status)
    }
}
