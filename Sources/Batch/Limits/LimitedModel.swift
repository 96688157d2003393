package import Assistant
internal import Synchronization

/// A model whose calls pass a limiter, and take their time from the item's clock.
package final class LimitedModel: ChatModel {
    private let model: any ChatModel
    private let limiter: ConcurrencyLimiter
    private let clock: ItemClock
    private let begun = Mutex<ContinuousClock.Instant?>(nil)

    package init(
        _ model: any ChatModel, limiter: ConcurrencyLimiter, clock: ItemClock = ItemClock(limit: .seconds(600))
    ) {
        self.model = model
        self.limiter = limiter
        self.clock = clock
    }

    /// Something was sent.
    package var hasCalled: Bool { lastBegun != nil }
    /// When the last call was sent.
    package var lastBegun: ContinuousClock.Instant? { begun.withLock { $0 } }

    package var name: String { model.name }
    package var maxResultTokens: Int { model.maxResultTokens }

    package func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        guard !clock.isOver else {
            var late = EngineError(.timedOut, clock.words())
            late.mayHaveCost = false
            throw late
        }
        let response = try await limiter.passing(isFirst: !hasCalled) { () async throws(EngineError) in
            try await timed(request, onText)
        }
        guard let response else { throw EngineError(.cancelled, "Interrupted before the question was sent.") }
        return response
    }

    private func timed(
        _ request: ChatRequest, _ onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        let (model, isAlone) = (model, clock.isUnused)
        begun.withLock { $0 = .now }
        let (result, wasStopped) = await clock.run { () -> Result<ChatResponse, EngineError> in
            do throws(EngineError) {
                return .success(try await model.respond(to: request, onText: onText))
            } catch {
                return .failure(error)
            }
        }
        // An answer that came in the end is paid for.
        if !wasStopped { return try result.get() }
        if case .success(let response) = result { return response }
        if Task.isCancelled { throw EngineError(.cancelled, "Interrupted.") }
        throw EngineError(
            .timedOut,
            isAlone
                ? "The endpoint gave no answer within \(clock.time)."
                : clock.words(and: "the endpoint had not answered"))
    }
}
