package import BatchQueue

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
