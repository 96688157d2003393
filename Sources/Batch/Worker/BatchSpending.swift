internal import Assistant
internal import BatchQueue

/// The money of one item: what was reserved for it when it was claimed, and what it gets beyond that from the batch.
actor BatchSpending: SpendingLimit {
    private let worker: BatchWorker
    private let item: ClaimedItem
    private var granted: Double
    /// More was wanted than there will ever be: nobody else has anything reserved.
    private(set) var isHopeless = false

    init(worker: BatchWorker, item: ClaimedItem) {
        self.worker = worker
        self.item = item
        granted = item.reserved
    }

    func allows(_ next: Double, after spent: Double) async -> Bool {
        let missing = spent + next - granted
        guard missing > 0 else { return true }
        guard missing.isFinite else { return false }
        // A store that does not answer grants nothing.
        guard let isGranted = try? await worker.reserve(missing, for: item) else { return false }
        if isGranted {
            granted += missing
        } else if let reserved = try? await worker.reserved() {
            isHopeless = reserved - granted < 1e-9
        }
        return isGranted
    }
}
