internal import Batch
internal import JSON

extension BatchDisplay {
    /// The last word, on stdout, and what a person may want to do next.
    func finish(_ ending: BatchEnding) throws {
        console.clearProgress()
        if isJSON {
            let event = BatchEvent.finished(ending: ending.kind.rawValue, ending.progress, at: .now)
            try console.writeLine(event.json.description)
        } else {
            try console.writeLine((ending.isNew ? "" : "nothing new: ") + ending.progress.summary(at: .now))
        }
        if let problem = ending.resultProblem {
            console.notice(
                "\(problem.description) All results are in the store: `vocero batch export` writes them again.")
        } else if let directory = ending.results, !isJSON, ending.batch.total > 0 {
            console.notice("results are in \(directory)")
        }
        sayWhatIsLeft(ending)
        if ending.isUnread {
            console.notice(
                ending.wasPipe
                    ? "standard input was not read to its end; give the same lines again, and what is known is left"
                    : "the input was not read to its end; `vocero batch resume \(ending.batch.shortID)` reads on")
        }
        if ending.kind == .cancelled { console.notice("the batch was cancelled") }
        sayWhatCanBeDoneAgain(ending)
    }

    private func sayWhatIsLeft(_ ending: BatchEnding) {
        let batch = ending.batch
        guard batch.left > 0 else { return }
        let left = Self.items(batch.left)
        switch ending.kind {
        case .outOfMoney:
            console.notice(
                "the next item may cost more than is left of \(Figures.dollars(batch.maxCost ?? 0)) "
                    + "(\(Figures.dollars(batch.spent)) spent, \(Figures.dollars(batch.unsettled)) perhaps spent); "
                    + "\(left) left, run it again with a higher --max-cost")
        case .stopped, .paused: console.notice("\(left) left; `vocero batch resume \(batch.shortID)` goes on")
        case .finished:
            console.notice(
                "\(left) left; `vocero batch resume \(batch.shortID)` goes on, with recordings where their files are")
        case .cancelled, .replanned: break
        }
    }

    private func sayWhatCanBeDoneAgain(_ ending: BatchEnding) {
        let batch = ending.batch
        if batch.skipped > 0 {
            console.notice(
                "\(Self.items(batch.skipped)) skipped when it was cancelled: `vocero batch resume \(batch.shortID)` does them"
            )
        }
        if batch.failed > 0, ending.kind == .finished {
            console.notice("\(Self.items(batch.failed)) failed: `vocero batch retry \(batch.shortID)` puts them back")
        }
    }

    private static func items(_ count: Int) -> String { "\(Figures.grouped(count)) item\(count == 1 ? "" : "s")" }
}
