/// Bounds that all workers of a batch keep together.
package struct BatchBounds: Sendable, Hashable {
    package var concurrency: Int
    package var requestsPerMinute: Int?
    package var tokensPerMinute: Int?

    package init(concurrency: Int = 64, requestsPerMinute: Int? = nil, tokensPerMinute: Int? = nil) {
        self.concurrency = max(1, concurrency)
        self.requestsPerMinute = requestsPerMinute
        self.tokensPerMinute = tokensPerMinute
    }
}
