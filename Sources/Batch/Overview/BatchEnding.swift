package import Application

/// How one process's part in a batch has ended.
package struct BatchEnding: Sendable {
    package enum Kind: String, Sendable, Hashable {
        /// Nothing was left to be done here.
        case finished
        case paused
        case cancelled
        /// The money that is left does not reach for the next item.
        case outOfMoney = "out_of_money"
        /// A person has stopped this process; the rest can be resumed.
        case stopped
        /// A person has begun the batch anew with other settings.
        case replanned
    }

    package let kind: Kind
    /// As it stands now.
    package let batch: BatchOverview
    package let progress: BatchProgress
    /// Something has come of it.
    package let isNew: Bool
    /// Things in the input that are no prompts.
    package let problems: Int
    /// The work has ended before all of the input was read.
    package let isUnread: Bool
    /// The input was read from a pipe, which gives nothing twice.
    package let wasPipe: Bool
    /// Where this process has written results; nil when it wrote none.
    package let results: String?
    /// Why results could not be written. All are in the store.
    package let resultProblem: ResultError?
    /// What kind of refusal has paused the batch.
    let block: Failure.Kind?

    /// What is not as it should be, as a kind of failure; nil when all is done.
    package var failure: Failure.Kind? {
        switch kind {
        case .stopped: .interrupted
        case .paused: block ?? .limitReached
        case .outOfMoney: .limitReached
        case .cancelled, .replanned: .failed
        case .finished:
            if batch.failed + batch.pending + batch.skipped + problems > 0 || resultProblem != nil {
                .failed
            } else {
                batch.parked > 0 ? .approvalNeeded : nil
            }
        }
    }
}
