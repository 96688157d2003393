internal import Assistant

/// Whether a question whose answer broke off is asked again: as long as nobody has heard a word of it, and once at most
/// when it may have been paid for. What the endpoint refused before it began to answer was tried again already.
struct AnswerTries {
    let client: OpenAIClient
    private var attempt = 1
    /// Answers that were begun, perhaps paid for, and lost.
    private(set) var lost = 0

    init(client: OpenAIClient) { self.client = client }

    /// Waits until the next try; throws the error, with all that was lost, when there is none.
    mutating func wait(after error: EngineError, hasSpoken: Bool) async throws(EngineError) {
        lost += max(error.lostAnswers, error.mayHaveCost ? 1 : 0)
        var last = error
        last.lostAnswers = lost
        last.mayHaveCost = error.mayHaveCost || lost > 0
        let wait = error.retryAfter ?? client.firstWait * (1 << min(attempt - 1, 4))
        guard error.isOfAnswer, !hasSpoken, attempt < client.attempts, lost <= 1, wait <= client.longestServerWait,
            error.kind == .unavailable || error.kind == .rateLimited
        else { throw last }
        client.onRetry?(attempt, wait, error.message)
        do {
            try await Task.sleep(for: wait)
        } catch {
            throw EngineError(.cancelled, "Interrupted during the wait for the next attempt.")
        }
        attempt += 1
    }
}
