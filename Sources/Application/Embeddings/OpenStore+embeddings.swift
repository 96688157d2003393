package import Assistant
internal import Concurrency
internal import Memory
internal import Retrieval
internal import Settings
internal import Store

extension OpenStore {
    /// After a turn was stored: a process of its own gives it its embedding, and all others that have none. Where there is
    /// to be none, it is done here within a few seconds, and what is not done by then is left to a later command.
    ///
    /// `maxCost`: in US dollars, for all of it.
    package func fillEmbeddings(
        of run: RunID, _ context: Context, maxCost: Double? = nil, starting: BackgroundFilling.Starting = .servers
    ) async {
        guard let embedder, !Task.isCancelled, journal.spooledRuns.isEmpty else { return }
        if await BackgroundFilling(context).start(maxCost: maxCost, starting: starting) { return }
        let tokens = context.embeddingTokens(for: maxCost)
        guard starting == .servers || context.settings.embeddings.endpoint != nil, tokens > 0 else { return }
        let (filler, reporter) = (EmbeddingFiller(store: memory, embedder: embedder), context.reporter)
        _ = await within(.seconds(15)) {
            do throws(StoreError) {
                var trouble = try await filler.fill(run: run).trouble
                // What earlier runs had to leave, a little each time; a hook is as short as it can be.
                if trouble == nil, starting == .servers {
                    trouble = try await filler.fillMissing(limit: 64, tokens: tokens).trouble
                }
                if let trouble, reporter.isVerbose {
                    reporter.notice("no embedding for this turn yet: \(trouble.message)")
                }
            } catch {
                if reporter.isVerbose { reporter.notice("no embedding for this turn yet: \(error.message)") }
            }
        }
    }

    /// How many messages are not found by what they mean yet: of everything, of one repository, or of the session with a key.
    package func waitingForEmbedding(repository: String?, session: String?) async throws -> Int {
        try await memory.waitingForEmbedding(repository: repository, session: session)
    }

    /// Has a process of its own fill in what is missing, if anything is. Gives how many messages wait.
    @discardableResult
    package func fillMissingEmbeddings(_ context: Context, maxCost: Double? = nil) async throws -> Int {
        let waiting = try await memory.waitingForEmbedding()
        if waiting > 0 { await BackgroundFilling(context).start(maxCost: maxCost) }
        return waiting
    }
}
