internal import Synchronization

/// What a server says is left of its limits, and when they are whole again.
package struct ServerAllowance: Sendable, Hashable {
    package var requestsLeft: Int?
    package var requestsReset: Duration?
    package var tokensLeft: Int?
    package var tokensReset: Duration?

    package init(requestsLeft: Int?, requestsReset: Duration?, tokensLeft: Int?, tokensReset: Duration?) {
        self.requestsLeft = requestsLeft
        self.requestsReset = requestsReset
        self.tokensLeft = tokensLeft
        self.tokensReset = tokensReset
    }
}

/// Where answers leave what their server said, for the engine to take; only the latest counts.
package final class AllowanceBoard: Sendable {
    private let latest = Mutex<ServerAllowance?>(nil)

    package init() {}

    package func note(_ allowance: ServerAllowance) { latest.withLock { $0 = allowance } }

    func take() -> ServerAllowance? {
        latest.withLock { latest in
            defer { latest = nil }
            return latest
        }
    }
}
