internal import Application
internal import Batch
internal import JSON
internal import Synchronization

/// Shows how a batch goes: a line that changes on a terminal, otherwise a line now and then, events with `--json`.
final class BatchDisplay: Sendable {
    let console: Console
    let isJSON: Bool
    private let stop = StopRequest.current
    private let state = Mutex((lastLine: ContinuousClock.now, wasStopSaid: false))

    /// Between lines where there is no terminal.
    private static let lineInterval = Duration.seconds(10)

    init(console: Console, isJSON: Bool) {
        self.console = console
        self.isJSON = isJSON
    }

    func show(_ event: BatchEvent) {
        switch event {
        case .progress(let progress, let now): show(progress, event, at: now)
        case .started, .finished: say(event)
        case .problem(let problem): if isJSON { say(event) } else { console.notice(problem.description) }
        case .item(let result): if isJSON { say(event) } else { show(result) }
        case .paused(let reason, let isWhole):
            say(event)
            console.notice("\(isWhole ? "the batch is paused" : "this worker leaves the batch to others"): \(reason)")
        }
    }

    private func show(_ result: BatchResult) {
        guard result.isTroubled else { return }
        console.notice(
            "\(SingleLine.of(result.name, columns: 300)): \(result.stateName): \(result.error ?? "no reason was given")"
        )
    }

    private func show(_ progress: BatchProgress, _ event: BatchEvent, at now: ContinuousClock.Instant) {
        let isDue = state.withLock { state in
            let isDue = now - state.lastLine >= Self.lineInterval
            if isDue { state.lastLine = now }
            return isDue
        }
        if isDue { say(event) }
        let suffix = progress.workers > 1 ? "  \(progress.workers) workers" : ""
        if console.errorIsTerminal {
            console.progressLine { width in progress.line(width: width - suffix.utf8.count, at: now) + suffix }
        } else if isDue, !isJSON {
            console.trace(progress.line(width: 160, at: now) + suffix)
        }
        if stop.wasMade { sayStopping() }
    }

    private func sayStopping() {
        let isFirst = state.withLock { state in
            defer { state.wasStopSaid = true }
            return !state.wasStopSaid
        }
        if isFirst { console.notice("ending what is in flight; press Ctrl-C once more to stop at once") }
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
