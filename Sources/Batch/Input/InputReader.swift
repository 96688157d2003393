internal import Store
internal import BatchQueue
internal import Assistant
internal import FoundationEssentials

/// Reads the input of a batch into the queue, once, beside the work. A worker that the others gave up joins anew; what
/// was read stays read, for a pipe gives nothing twice.
struct InputReader: Sendable {
    let input: BatchInput
    let intake: BatchIntake
    let batches: BatchStore
    let batch: UUID
    let ownStatus: WorkerStatus

    func run() async throws {
        var failure: (any Error)?
        do {
            try await input.read {
                try await intake.take($0)
            } whenDry: {
                try await intake.flush()
            }
        } catch let error as BatchInputError {
            if Task.isCancelled { return }
            failure = error
        }
        try await intake.flush()
        ownStatus.endReading(problems: await intake.problems, failure: failure)
        if let worker = ownStatus.worker { try await end(for: worker) }
    }

    /// Tells the others that more may come, for as long as this worker lives.
    func begin(for worker: UUID) async throws(StoreError) {
        guard ownStatus.isReading else { return }
        try await waitingForStore { (_) async throws(StoreError) in
            try await batches.beginReading(batch, by: worker)
        }
        // It may have ended meanwhile, and then nobody else says so.
        if !ownStatus.isReading { try await end(for: worker) }
    }

    private func end(for worker: UUID) async throws(StoreError) {
        try await waitingForStore { (_) async throws(StoreError) in try await batches.endReading(batch, by: worker) }
    }
}
