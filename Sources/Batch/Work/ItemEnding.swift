package import Memory

/// How the work on an item ended, for the worker.
package enum ItemEnding: Sendable {
    case ended(ItemOutcome)
    /// The server's limits: back into the queue, and slower. `wait`: how long the server asks to wait.
    case refused(ItemOutcome, wait: Duration?)
    /// Nothing will do until a person has looked: money, keys. The item goes back, the batch is paused.
    case blocked(ItemOutcome, reason: String)

    package var outcome: ItemOutcome {
        switch self {
        case .ended(let outcome), .refused(let outcome, _), .blocked(let outcome, _): outcome
        }
    }
}

extension ItemOutcome {
    /// Of an item that failed now and `failures` times before: put back, unless it was tried `most` times.
    package func triedAgain(after failures: Int, most: Int) -> ItemOutcome {
        var outcome = self
        let tries = failures + 1
        guard tries < most else {
            if tries > 1 { outcome.error = "\(outcome.error ?? "it failed") (tried \(tries) times)" }
            return outcome
        }
        outcome.state = .pending
        outcome.isFailure = true
        return outcome
    }
}

/// What happens while a worker works.
package enum WorkEvent: Sendable {
    case started(ClaimedItem)
    case ended(ClaimedItem, ItemOutcome)
    /// The outcomes of these items are in the store.
    case stored([ItemOutcome])
    case status(BatchStatus, workers: Int)
    /// Sent too late: others have these items.
    case refused(Set<Int>)
    /// The store does not answer; the worker waits for it.
    case storeAway(String)
}
