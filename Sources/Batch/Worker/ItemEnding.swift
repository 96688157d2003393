package import Assistant
package import Memory

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

/// Why an endpoint gave no answer to a call, as far as the pace of all calls depends on it.
package struct EndpointTrouble: Sendable, Hashable {
    package enum Kind: Sendable, Hashable { case limit, failure, unreached }

    package var kind: Kind
    /// When the call was sent; nil when that is not known.
    package var begun: ContinuousClock.Instant?
    /// How long the server asks to wait.
    package var wait: Duration?
    package var message: String

    package init(_ kind: Kind, begun: ContinuousClock.Instant?, wait: Duration? = nil, message: String) {
        self.kind = kind
        self.begun = begun
        self.wait = wait
        self.message = message
    }
}

extension EndpointTrouble {
    package init(_ error: EngineError, begun: ContinuousClock.Instant?) {
        let kind: Kind = error.kind == .rateLimited ? .limit : error.wasNotReached ? .unreached : .failure
        self.init(kind, begun: begun, wait: error.retryAfter, message: error.message)
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
    /// The endpoint has answered nothing for a while; the worker goes on trying.
    case troubled(EndpointTrouble)
    /// It did so for too long.
    case gaveUp(EndpointTrouble)
}
