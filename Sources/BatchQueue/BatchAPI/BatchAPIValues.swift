package import FoundationEssentials

/// A file of prompts that is given, or was given, to an endpoint's Batch API.
package struct StoredAPIBatch: Sendable, Hashable {
    /// In order. Each is stored before what follows it is done.
    package enum State: String, Sendable, Hashable {
        /// Items are added to it.
        case filling
        case filled
        /// Its file is on its way, or has arrived: nobody knows.
        case uploading
        case uploaded
        /// The endpoint is asked to make a batch of it, or has made it: nobody knows.
        case creating
        case submitted
        /// Its lines were taken, or it will have none.
        case closed
    }

    package var id: UUID
    package var model: String
    /// The host that has it.
    package var endpoint: String
    package var state: State
    package var lines: Int
    package var bytes: Int
    package var file: String?
    /// The endpoint's id of it.
    package var remoteID: String?
    /// As the endpoint says it.
    package var remoteStatus: String?
    package var createdAt: Date
}

/// An item that waits and could go into a remote batch.
package struct BatchAPICandidate: Sendable, Hashable {
    package var position: Int
    package var attempt: Int
    package var prompt: String
    package var options: ItemOptions
}

/// What an item would take in a remote batch.
package struct BatchAPIPlace: Sendable, Hashable {
    package var position: Int
    /// The candidate's: one that is claimed has the next.
    package var attempt: Int
    /// The most that it may cost, in US dollars.
    package var cost: Double
    /// Of its line.
    package var bytes: Int

    package init(position: Int, attempt: Int, cost: Double, bytes: Int) {
        self.position = position
        self.attempt = attempt
        self.cost = cost
        self.bytes = bytes
    }
}

/// An item that lies in a remote batch.
package struct BatchAPIItem: Sendable, Hashable {
    /// From 1.
    package var line: Int
    package var item: ClaimedItem
}

/// What becomes of the items of a remote batch that got no line.
package enum BatchAPILeftovers: Sendable, Hashable {
    /// They go back. `isFailure`: it counts against their attempts; who has had `most` of them has failed.
    case again(isFailure: Bool, most: Int)
    case failed
    case skipped
}
