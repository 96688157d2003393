package import Assistant

/// Why an endpoint gave no answer to a call, as far as the pace of all calls depends on it.
package struct EndpointTrouble: Sendable, Hashable {
    package enum Kind: Sendable, Hashable { case limit, failure, unreached }

    package var kind: Kind
    /// When the call was sent; nil when that is not known.
    package var begun: ContinuousClock.Instant?
    /// How long the server asks to wait.
    package var wait: Duration?
    package var message: String

    package init(_ kind: Kind, begun: ContinuousClock.Instant?, wait: Duration? = nil, message: String) {
        self.kind = kind
        self.begun = begun
        self.wait = wait
        self.message = message
    }
}

extension EndpointTrouble {
    package init(_ error: EngineError, begun: ContinuousClock.Instant?) {
        let kind: Kind = error.kind == .rateLimited ? .limit : error.wasNotReached ? .unreached : .failure
        self.init(kind, begun: begun, wait: error.retryAfter, message: error.message)
    }
}
