internal import FoundationEssentials
internal import BatchQueue
internal import Synchronization

/// Follows one process's part in a batch, and tells of it in events.
final class BatchTracker: Sendable {
    private struct State {
        var progress: BatchProgress
        /// When the batch had changed last before this.
        var opened: Date?
    }

    private let state = Mutex(State(progress: BatchProgress(at: .now)))
    private let observe: @Sendable (BatchEvent) -> Void

    init(_ observe: @escaping @Sendable (BatchEvent) -> Void) { self.observe = observe }

    func began(_ status: BatchStatus) {
        state.withLock {
            $0.opened = status.changedAt
            $0.progress.update(status, at: .now)
        }
        observe(.started(batch: status.id.uuidString.lowercased(), name: status.name, total: status.total))
    }

    func note(_ problem: PromptProblem) {
        state.withLock { $0.progress.noteProblem() }
        observe(.problem(problem))
    }

    func started(_ name: String) { state.withLock { $0.progress.started(name) } }

    func ended(_ name: String) { state.withLock { $0.progress.ended(name) } }

    func ended(_ item: StoredBatchItem) { observe(.item(BatchResult(item))) }

    func update(_ status: BatchStatus, workers: Int) {
        let now = ContinuousClock.now
        let progress = state.withLock { state in
            state.progress.update(status, at: now)
            state.progress.workers = workers
            return state.progress
        }
        observe(.progress(progress, at: now))
    }

    /// `isWhole`: the whole batch; otherwise this worker alone gives up, and others go on.
    func paused(_ reason: String, isWhole: Bool) { observe(.paused(reason: reason, isWhole: isWhole)) }

    /// How far the batch is at the end, and whether anything has come of it since it was begun.
    func end(_ status: BatchStatus) -> (progress: BatchProgress, isNew: Bool) {
        state.withLock { state in
            state.progress.update(status, at: .now)
            return (state.progress, state.opened != status.changedAt)
        }
    }
}
