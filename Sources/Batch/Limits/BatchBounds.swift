/// Bounds that all workers of a batch keep together.
package struct BatchBounds: Sendable, Hashable {
    /// No process has so many connections.
    package static let mostConcurrency = 10_000

    package var concurrency: Int
    package var requestsPerMinute: Int?
    package var tokensPerMinute: Int?

    package init(concurrency: Int = 64, requestsPerMinute: Int? = nil, tokensPerMinute: Int? = nil) {
        self.concurrency = min(max(1, concurrency), Self.mostConcurrency)
        self.requestsPerMinute = requestsPerMinute
        self.tokensPerMinute = tokensPerMinute
    }
}
