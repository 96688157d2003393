internal import Glibc
internal import Synchronization

/// A chat endpoint on loopback for hundreds of answers a second: one thread, and nothing is parsed that it need not know.
///
/// What happens to a call stands in the prompt that it carries, as `[item NAME: STEP STEP]`: a step for each call of
/// the item, the last one for all that follow; see ``LoopbackChatStep``. Every call is kept, see ``Call``.
package final class LoopbackChat: Sendable {
    /// One call, as it was seen from here.
    package struct Call: Sendable {
        package enum End: Sendable { case open, answered, abandoned }

        /// `req_N`, sent with the answer as `x-request-id`.
        package let requestID: String
        package let item: String
        /// How many calls of the item there were, this one included.
        package let ofItem: Int
        package let step: LoopbackChatStep
        package let connection: Int
        package let authorization: String?
        package let arrived: ContinuousClock.Instant
        package var ended: ContinuousClock.Instant?
        /// Whether the answer went out whole, or the client went away before.
        package var end = End.open
        /// What is charged for it, in US dollars: from its arrival on, whether or not anybody waits for the answer.
        package let billed: Double
        /// The calls in flight, this one included, when it came.
        package let inFlight: Int
    }

    /// What an answer uses, and what that costs.
    package struct Tariff: Sendable {
        /// For each four bytes of the request's body.
        package var inputTokens = 1.0
        package var outputTokens = 10
        /// US dollars for a million tokens.
        package var inputPrice = 0.0
        package var outputPrice = 0.0

        package init() {}
    }

    package struct Settings: Sendable {
        /// Between a request and its answer.
        package var latency = Duration.zero
        package var tariff = Tariff()
        /// Calls that are still paid for; after them all is `insufficient_quota`. Nil for no end.
        package var quota: Int?
        /// When set, a call with another key is refused with 401.
        package var key: String?

        package init() {}
    }

    struct State {
        var settings: Settings
        var calls: [Call] = []
        var ofItem: [String: Int] = [:]
        var inFlight = 0
        /// Connections whose client has gone, and when.
        var gone: [Int: ContinuousClock.Instant] = [:]
        var isHolding = true
        var isStopped = false
        var otherPaths: [String] = []
    }

    final class Shared: Sendable {
        let state: Mutex<State>
        init(_ settings: Settings) { state = Mutex(State(settings: settings)) }
    }

    package let address: String
    package let port: Int
    private let shared: Shared

    /// Listens on a free port of an address of this machine.
    package init(_ settings: Settings = Settings(), address: String = "127.0.0.1") throws {
        let (listener, port) = try listeningSocket(on: address)
        self.address = address
        self.port = port
        let shared = Shared(settings)
        self.shared = shared
        startThread { LoopbackChatLoop(listener: listener, shared: shared).run() }
    }

    deinit { stop() }

    /// With `/v1`.
    package var baseURL: String { "http://\(address):\(port)/v1" }

    /// In the order of their arrival.
    package var calls: [Call] { shared.state.withLock { $0.calls } }
    package var callCount: Int { shared.state.withLock { $0.calls.count } }
    package var inFlight: Int { shared.state.withLock { $0.inFlight } }
    package func calls(of item: String) -> [Call] { calls.filter { $0.item == item } }
    /// In US dollars.
    package var billed: Double { calls.reduce(0) { $0 + $1.billed } }
    /// Requests for something else than a chat.
    package var otherPaths: [String] { shared.state.withLock { $0.otherPaths } }
    /// Connections that the other side has ended.
    package var goneConnections: Set<Int> { shared.state.withLock { Set($0.gone.keys) } }

    package func change(_ body: @Sendable (inout Settings) -> Void) { shared.state.withLock { body(&$0.settings) } }

    /// Answers what waits in a step `hold`, and holds nothing from now on.
    package func release() { shared.state.withLock { $0.isHolding = false } }

    package func stop() { shared.state.withLock { $0.isStopped = true } }

    /// Waits until the calls are as `condition` wants them; false when that takes longer than a test should.
    package func wait(until condition: ([Call]) -> Bool) async throws -> Bool {
        for _ in 0..<6000 {
            if condition(calls) { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}
