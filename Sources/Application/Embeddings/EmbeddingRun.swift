package import Assistant
internal import Concurrency
internal import Files
internal import Memory
internal import Retrieval
internal import Settings
internal import Store

/// Fills in embeddings until none is missing: in the background, or for a person who waits for it.
package struct EmbeddingRun: Sendable {
    package struct Ending: Sendable, Hashable {
        package var filled = 0
        /// The model does not take these.
        package var refused = 0
        /// Messages without a vector of the model that are still to be tried.
        package var waiting = 0
        /// More would have cost more than was allowed.
        package var isOutOfMoney = false
        /// Why the endpoint gave no more.
        package var trouble: EngineError?
    }

    private let context: Context
    /// Whether there is time: an endpoint that is away is waited for, and another process at work is none of ours.
    private let isBackground: Bool
    private let maxCost: Double?
    private let starting: BackgroundFilling.Starting

    package init(
        _ context: Context, isBackground: Bool = false, maxCost: Double? = nil,
        starting: BackgroundFilling.Starting = .servers
    ) {
        self.context = context
        self.isBackground = isBackground
        self.maxCost = maxCost
        self.starting = starting
    }

    /// So long an endpoint that is away is waited for; then the next command that stores something begins anew.
    private static let patience = Duration.seconds(600)
    /// One process waits so long for another that is at work: one that was killed holds its lease no longer.
    private static let patienceWithOther = Duration.seconds(70)

    /// `progress` is told how many are filled in.
    package func run(progress: @escaping @Sendable (Int) -> Void = { _ in }) async throws -> Ending {
        guard let embedder = context.fillingEmbedder(startsEngine: starting == .servers) else {
            throw Failure(
                .configuration,
                "there is nothing to make embeddings with; run scripts/setup, or set OPENAI_API_KEY")
        }
        let store = try await context.openStore()
        do {
            let ending = try await fill(store, embedder, progress)
            await store.close()
            return ending
        } catch {
            await store.close()
            throw error
        }
    }

    private func fill(
        _ store: OpenStore, _ embedder: any Embedder, _ progress: @escaping @Sendable (Int) -> Void
    ) async throws -> Ending {
        let filler = EmbeddingFiller(store: store.memory, embedder: embedder)
        var ending = Ending()
        var tokens = context.embeddingTokens(for: maxCost)
        var wait = Duration.seconds(2)
        let start = ContinuousClock.now
        var lastAnswer = start
        var turn: FileLock?
        while true {
            let before = ending.filled
            let report = try await filler.fillMissing(tokens: tokens) { progress(before + $0.filled) }
            ending.filled += report.filled
            ending.refused = report.refused
            ending.trouble = report.trouble
            ending.isOutOfMoney = report.isOutOfTokens
            tokens -= min(tokens, report.tokens)
            if report.filled > 0 { (wait, lastAnswer) = (.seconds(2), .now) }
            if report.isBusyElsewhere {
                if isBackground {
                    turn = turn ?? (try? FileLock.attempt(context.settings.places.home + "/run/filling.lock"))
                    guard turn != nil, ContinuousClock.now - start < Self.patienceWithOther else { break }
                }
                try await Task.sleep(for: isBackground ? .seconds(3) : .milliseconds(500))
            } else if let trouble = report.trouble {
                guard isBackground, trouble.mayPass, ContinuousClock.now - lastAnswer < Self.patience else { break }
                try await Task.sleep(for: max(wait, trouble.retryAfter ?? .zero))
                wait = min(wait * 2, .seconds(60))
            } else if report.isOutOfTokens || report.filled == 0 {
                // What came between the last look and the end was looked for, too.
                break
            }
        }
        ending.waiting = try await store.memory.waitingForEmbedding()
        return ending
    }
}

extension EngineError {
    /// Whether it is worth while to wait.
    fileprivate var mayPass: Bool {
        switch kind {
        case .unavailable, .timedOut, .rateLimited, .malformed: true
        case .configuration, .quota, .refused, .cancelled: false
        }
    }
}
