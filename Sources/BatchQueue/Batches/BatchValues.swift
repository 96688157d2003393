package import FoundationEssentials
package import JSON

/// A batch as it stands.
package struct BatchStatus: Sendable, Hashable {
    package enum State: String, Sendable, Hashable { case open, paused, cancelled }

    package var id: UUID
    /// The folder's or file's absolute path, or the name that was given.
    package var name: String
    /// Where results are written; nil when they stay in the database.
    package var output: String?
    package var state: State
    /// Why it is paused.
    package var reason: String?
    package var settings: JSON
    /// In US dollars.
    package var maxCost: Double?
    package var spent: Double
    /// What the items in flight may still cost.
    package var reserved: Double
    /// What calls may have cost that gave no answer: their worker died, they timed out.
    package var unsettled: Double
    /// Its input is being read: there may come more.
    package var isReading: Bool
    package var counts: [BatchItemState: Int]
    package var inputTokens: Int
    package var outputTokens: Int
    package var createdAt: Date
    /// When items last came, ended or were put back.
    package var changedAt: Date
    /// When a person last began it, or it was paused, cancelled or opened again.
    package var openedAt: Date
    /// The ``changedAt`` of the results that were last written as a whole; nil when none were.
    package var writtenAt: Date?

    /// The results that were last written are those of now. Dates lose a part of a microsecond on their way.
    package var isWritten: Bool { writtenAt.map { abs($0.timeIntervalSince(changedAt)) < 5e-6 } ?? false }
    /// When anything of it changed last.
    package var latestChange: Date { max(changedAt, openedAt) }

    package var total: Int { counts.values.reduce(0, +) }
    package subscript(state: BatchItemState) -> Int { counts[state] ?? 0 }
    /// Nothing is left to be done, and nothing more comes.
    package var isFinished: Bool { !isReading && self[.pending] == 0 && self[.running] == 0 }
}

/// Who works on a batch.
package struct BatchWorkerStatus: Sendable, Hashable {
    package var host: String
    package var process: Int
    /// Items it has claimed.
    package var running: Int
    /// Since it last reported.
    package var silence: Duration
}

/// An item as it is put into the queue.
package struct NewBatchItem: Sendable, Hashable {
    package var name: String
    /// 32 bytes.
    package var hash: [UInt8]
    /// Empty for a recording: its words come later, by ``BatchWorker/setWords(_:estimate:of:)``.
    package var prompt: String
    package var options: ItemOptions
    /// The most that it may cost, in US dollars; nil when its price is not known.
    package var estimate: Double?

    package init(
        name: String, hash: [UInt8], prompt: String, options: ItemOptions = ItemOptions(), estimate: Double?
    ) {
        self.name = name
        self.hash = hash
        self.prompt = prompt
        self.options = options
        self.estimate = estimate
    }
}

/// What became of a group of items that were put in.
package struct BatchAddition: Sendable, Hashable {
    package var added = 0
    /// Known by name, with another content: to be done again.
    package var changed = 0
    package var unchanged = 0
    /// Names that came twice in one reading; the first counts.
    package var duplicates: [String] = []

    package init() {}

    package static func += (left: inout BatchAddition, right: BatchAddition) {
        left.added += right.added
        left.changed += right.changed
        left.unchanged += right.unchanged
        left.duplicates += right.duplicates
    }
}

/// An item that a worker has claimed.
package struct ClaimedItem: Sendable, Hashable {
    package var position: Int
    package var name: String
    /// The fencing token: what is sent under another one is refused.
    package var attempt: Int
    /// What attempts before this one have left is of no use: the item was another one, or a person has put it back.
    package var firstAttempt: Int
    package var prompt: String
    package var options: ItemOptions
    /// What is reserved for it, in US dollars.
    package var reserved: Double
    /// Attempts that failed before this one.
    package var failures: Int

    package init(
        position: Int, name: String, attempt: Int, firstAttempt: Int = 1, prompt: String,
        options: ItemOptions = ItemOptions(), reserved: Double, failures: Int
    ) {
        self.position = position
        self.name = name
        self.attempt = attempt
        self.firstAttempt = firstAttempt
        self.prompt = prompt
        self.options = options
        self.reserved = reserved
        self.failures = failures
    }
}

/// What a worker got.
package struct BatchClaim: Sendable {
    package var items: [ClaimedItem]
    package var status: BatchStatus
    /// There are items, and the money that is left does not reach for the next one.
    package var isOutOfMoney: Bool
}

/// What came of an item.
package struct ItemOutcome: Sendable, Hashable {
    package var position: Int
    package var attempt: Int
    /// `pending` puts it back.
    package var state: BatchItemState
    /// With `pending`: not before so long from now.
    package var wait: Duration?
    package var answer: String?
    package var error: String?
    package var run: UUID?
    package var model: String?
    package var inputTokens: Int
    package var outputTokens: Int
    package var cost: Double?
    /// A call was sent whose cost nobody knows: what was reserved stays counted.
    package var mayHaveCost: Bool
    /// With `pending`: it failed, and is to be tried once more.
    package var isFailure: Bool
    package var tools: JSON

    package init(
        position: Int, attempt: Int, state: BatchItemState, wait: Duration? = nil, answer: String? = nil,
        error: String? = nil, run: UUID? = nil, model: String? = nil, inputTokens: Int = 0, outputTokens: Int = 0,
        cost: Double? = nil, mayHaveCost: Bool = false, isFailure: Bool = false, tools: JSON = []
    ) {
        self.position = position
        self.attempt = attempt
        self.state = state
        self.wait = wait
        self.answer = answer
        self.error = error
        self.run = run
        self.model = model
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cost = cost
        self.mayHaveCost = mayHaveCost
        self.isFailure = isFailure
        self.tools = tools
    }
}

/// An item as it is stored, for results and exports.
package struct StoredBatchItem: Sendable, Hashable {
    package var position: Int
    package var name: String
    package var state: BatchItemState
    /// Since it was new, changed, transcribed or put back by a person.
    package var attempts: Int
    /// What was heard in a recording.
    package var transcript: String?
    package var answer: String?
    package var error: String?
    package var run: UUID?
    package var model: String?
    package var inputTokens: Int
    package var outputTokens: Int
    package var cost: Double?
    package var tools: JSON
    package var startedAt: Date?
    package var endedAt: Date?
}
