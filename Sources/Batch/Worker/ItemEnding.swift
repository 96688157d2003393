package import BatchQueue

/// How the work on an item ended, for the worker.
package enum ItemEnding: Sendable {
    case ended(ItemOutcome)
    /// The server's limits, or nobody is there: back into the queue, which is not the item's failure, and slower.
    case refused(ItemOutcome, EndpointTrouble)
    /// The server failed at it, or gave no answer: as the outcome says, and slower.
    case troubled(ItemOutcome, EndpointTrouble)
    /// Nothing will do until a person has looked: money, keys. The item goes back, the batch is paused.
    case blocked(ItemOutcome, reason: String)

    package var outcome: ItemOutcome {
        switch self {
        case .ended(let outcome), .refused(let outcome, _), .troubled(let outcome, _), .blocked(let outcome, _): outcome
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
