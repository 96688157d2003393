internal import BatchQueue
internal import Application
internal import Assistant
internal import Concurrency
internal import JSON
internal import OpenAI
internal import Redaction
internal import Settings

extension BatchProcess {
    /// Between two looks at the beginning.
    private static let firstLook = Duration.seconds(5)

    /// The work on what is, or is to be, at an endpoint with a Batch API.
    func remote(
        _ work: BatchItemWork, sends: Bool, _ report: AsyncStream<[Int]>.Continuation
    ) throws -> BatchAPIWorker {
        guard let endpoint = context.settings.chat.endpoint else {
            throw Failure(
                .configuration,
                "prompts of this batch are at an endpoint, and none is configured here; set OPENAI_API_KEY")
        }
        var options = BatchAPIWorker.Options()
        options.longestWait = context.settings.batchPoll
        options.firstWait = min(Self.firstLook, options.longestWait)
        options.sends = sends
        if takesBackOnly { options.patience = .seconds(60) }
        let (reporter, stop, ownStatus) = (context.reporter, stop, work.ownStatus)
        return BatchAPIWorker(
            worker: work.worker, store: batches, client: context.client(for: endpoint),
            turns: turns(work, endpoint.model),
            directory: context.settings.places.home + "/remote", options: options,
            stop: stop.signal, moreComes: { ownStatus.moreComes },
            observe: { observe($0, report, ownStatus) },
            tell: { notice in
                switch notice {
                case .said(let words): reporter.notice(words)
                case .progress(let words): if reporter.isVerbose { reporter.notice(words) }
                }
            },
            blocked: { ownStatus.note(block: Failure($0).kind) })
    }

    private func turns(_ work: BatchItemWork, _ usual: String) -> BatchAPITurns {
        let redactor = context.redactor
        return BatchAPITurns(
            model: plan.model ?? usual, prices: context.batchPrices, limitsMoney: plan.limitsMoney,
            mostFailures: plan.attempts, memory: store.memory, journal: store.journal,
            redact: { redactor.redacted($0) }
        ) { (prompt, options) async throws(UnsendableItem) in
            do {
                let place = try await work.repositories.place(options.repository)
                var request = work.request(prompt, options, repository: place.repositoryName)
                // What is asked in a file knows nothing of what was said before.
                request.limits.maxContextTokens = 0
                return request
            } catch {
                throw UnsendableItem(reason: Failure(any: error).message)
            }
        }
    }
}
