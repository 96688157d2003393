package import Assistant

/// A model that is asked again when it is away or refuses for its limits in the middle of an item: an item that has come
/// so far is not begun anew for the sake of one call. The first call of an item is left to the queue.
package struct RetryingModel: ChatModel {
    private let model: LimitedModel
    private let limiter: ConcurrencyLimiter
    private let attempts: Int

    /// What a server asks to wait at most; what asks for more has run out of something.
    private static let longestWait = Duration.seconds(120)

    /// `attempts`: for each call, the first included.
    package init(_ model: LimitedModel, limiter: ConcurrencyLimiter, attempts: Int) {
        self.model = model
        self.limiter = limiter
        self.attempts = attempts
    }

    package var name: String { model.name }
    package var maxResultTokens: Int { model.maxResultTokens }

    package func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        let isFirst = !model.hasCalled
        var attempt = 1
        while true {
            do throws(EngineError) {
                return try await model.respond(to: request, onText: onText)
            } catch {
                let isWaitable = (error.retryAfter ?? .zero) <= Self.longestWait
                guard !isFirst, attempt < attempts, isWaitable, Self.passes(error) else { throw error }
                limiter.note(.troubled(EndpointTrouble(error, begun: model.lastBegun)))
                let wait = error.retryAfter ?? .milliseconds(500) * (1 << min(attempt - 1, 6))
                // A cancelled wait ends early, and the next call says so.
                try? await Task.sleep(for: wait)
                attempt += 1
            }
        }
    }

    /// What may have cost something is not asked again here: what an item costs is counted by the queue.
    private static func passes(_ error: EngineError) -> Bool {
        error.wasNotReached || ((error.kind == .unavailable || error.kind == .rateLimited) && !error.mayHaveCost)
    }
}
