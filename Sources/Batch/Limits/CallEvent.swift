package import OpenAI

/// What happens to the calls of items, as far as the pace of all calls depends on it.
package enum CallEvent: Sendable {
    /// An item makes one more call than the one that was counted when it began.
    case further
    case answered
    /// Not answered, and made again later.
    case troubled(EndpointTrouble)
    /// What the server said of its limits with an answer.
    case limits(RateLimits)
}
