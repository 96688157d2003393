internal import Assistant
internal import Batch
internal import BatchQueue
internal import FoundationEssentials
internal import JSON
internal import Synchronization

/// Shows how a batch goes: a line that changes on a terminal, otherwise a line now and then, events with `--json`.
final class BatchDisplay: Sendable {
    private struct State {
        var progress: BatchProgress
        var lastLine: ContinuousClock.Instant
        var wasStopSaid = false
        /// When the batch had changed last before this.
        var opened: Date?
    }

    private let console: Console
    private let isJSON: Bool
    private let state: Mutex<State>

    /// Between lines where there is no terminal.
    private static let lineInterval = Duration.seconds(10)

    init(console: Console, isJSON: Bool) {
        self.console = console
        self.isJSON = isJSON
        let now = ContinuousClock.now
        state = Mutex(State(progress: BatchProgress(at: now), lastLine: now))
    }

    func began(_ status: BatchStatus) {
        state.withLock {
            $0.opened = status.changedAt
            $0.progress.update(status, at: .now)
        }
        say(.started(batch: status.id.uuidString.lowercased(), name: status.name, total: status.total))
    }

    func note(_ problem: PromptProblem) {
        state.withLock { $0.progress.noteProblem() }
        guard !isJSON else { return say(.problem(problem)) }
        console.notice(problem.description)
    }

    func started(_ name: String) { state.withLock { $0.progress.started(name) } }

    func ended(_ name: String) { state.withLock { $0.progress.ended(name) } }

    func ended(_ item: StoredBatchItem) {
        if isJSON { return say(.item(BatchResult(item))) }
        guard item.state == .failed || item.state == .parked else { return }
        console.notice(
            "\(SingleLine.of(item.name, columns: 300)): \(item.state.rawValue): \(item.error ?? "no reason was given")")
    }

    func update(_ status: BatchStatus, workers: Int) {
        let now = ContinuousClock.now
        let (progress, isDue) = state.withLock { state in
            state.progress.update(status, at: now)
            let isDue = now - state.lastLine >= Self.lineInterval
            if isDue { state.lastLine = now }
            return (state.progress, isDue)
        }
        if isDue, isJSON { say(.progress(progress, at: now)) }
        let suffix = workers > 1 ? "  \(workers) workers" : ""
        if console.errorIsTerminal {
            console.progressLine { width in progress.line(width: width - suffix.utf8.count, at: now) + suffix }
        } else if isDue, !isJSON {
            console.trace(progress.line(width: 160, at: now) + suffix)
        }
    }

    func sayStopping() {
        let isFirst = state.withLock { state in
            defer { state.wasStopSaid = true }
            return !state.wasStopSaid
        }
        if isFirst { console.notice("ending what is in flight; press Ctrl-C once more to stop at once") }
    }

    /// `isWhole`: the whole batch; otherwise this worker alone gives up, and others go on.
    func paused(_ reason: String, isWhole: Bool) {
        if isJSON { say(.paused(reason: reason)) }
        console.notice("\(isWhole ? "the batch is paused" : "this worker leaves the batch to others"): \(reason)")
    }

    /// The last word, on stdout.
    func finished(_ ending: String, _ status: BatchStatus) throws {
        let now = ContinuousClock.now
        let progress = state.withLock { state in
            state.progress.update(status, at: now)
            return state.progress
        }
        console.clearProgress()
        if isJSON {
            return try console.writeLine(BatchEvent.finished(ending: ending, progress, at: now).json.description)
        }
        let isNew = state.withLock { $0.opened != status.changedAt }
        try console.writeLine((isNew ? "" : "nothing new: ") + progress.summary(at: now))
    }

    private func say(_ event: BatchEvent) {
        guard isJSON else { return }
        do {
            try console.writeLine(event.json.description)
        } catch {
            // Who reads them has gone. The work goes on: its results are in the store.
        }
    }
}
