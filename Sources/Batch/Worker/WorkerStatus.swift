internal import BatchQueue
internal import Application
internal import FoundationEssentials
internal import Synchronization

/// What one process knows of its own part in a batch, beside the items that it works on.
final class WorkerStatus: Sendable {
    private struct State {
        /// As which this process works now, or has worked last.
        var worker: UUID?
        var isReading = false
        var isTranscribing = false
        var problems = 0
        var failure: (any Error)?
        var block: Failure.Kind?
        /// Of the batch, as they were last heard of.
        var (total, pending) = (0, 0)
        var changes: AsyncStream<Void>.Continuation?
    }

    private let state = Mutex(State())

    /// Items may still come from this process.
    var moreComes: Bool { state.withLock { $0.isReading || $0.isTranscribing } }
    /// Still true at the end: the work has ended first.
    var isReading: Bool { state.withLock { $0.isReading } }
    var worker: UUID? { state.withLock { $0.worker } }
    /// Things in the input that are no prompts.
    var problems: Int { state.withLock { $0.problems } }
    /// Why the input could not be read to its end.
    var failure: (any Error)? { state.withLock { $0.failure } }
    /// What kind of refusal has paused the batch.
    var block: Failure.Kind? { state.withLock { $0.block } }

    func beginReading() { state.withLock { $0.isReading = true } }

    func begin(as worker: UUID, transcribing: Bool) {
        state.withLock {
            $0.worker = worker
            $0.isTranscribing = transcribing
        }
    }

    func endReading(problems: Int, failure: (any Error)? = nil) {
        state.withLock {
            $0.isReading = false
            $0.problems = problems
            $0.failure = failure
            $0.changes?.yield()
        }
    }

    /// Yields when items have come or were put back, or when the reading has ended. For one who listens at a time.
    func changes() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        state.withLock { $0.changes = continuation }
        return stream
    }

    /// What was heard of the batch.
    func note(_ status: BatchStatus) {
        state.withLock { state in
            if status.total != state.total || status[.pending] > state.pending { state.changes?.yield() }
            (state.total, state.pending) = (status.total, status[.pending])
        }
    }

    func endTranscribing() { state.withLock { $0.isTranscribing = false } }
    func note(block: Failure.Kind) { state.withLock { $0.block = block } }
}
