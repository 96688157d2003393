/// Where an item of a batch is.
package enum BatchItemState: String, Sendable, Hashable, CaseIterable {
    case pending, running, done, failed
    /// Waits for an approval.
    case parked
    /// Not to be done: the batch was cancelled, or its limit was reached.
    case skipped

    package var isFinal: Bool { self != .pending && self != .running }
}
