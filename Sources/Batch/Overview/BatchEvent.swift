internal import Application
internal import BatchQueue
internal import Concurrency
package import JSON

/// What `--json` says while a batch is worked on, an object a line. Each has `event`, its name here:
/// - `started`: `batch` (its id), `name` (the folder or file), `total` (items known so far)
/// - `problem`: `name`, `line` (or null), `message`: something in the input that is no prompt
/// - `item`: all of ``BatchResult/json(withAnswer:)``, without its answer
/// - `progress`: `counts` (by status), `total`, `reading` (more items may come), `tokens`, `cost_usd`,
///   `items_per_second` (or null), `remaining_ms` (or null), `current` (names of this worker's items)
/// - `paused`: `reason`
/// - `finished`: `ending` (`finished`, `stopped`, `cancelled`, `paused`, `out_of_money`), `counts`, `total`, `problems`
///   (things in the input that are no prompts), `tokens`, `cost_usd`, `duration_ms`
package enum BatchEvent: Sendable {
    case started(batch: String, name: String, total: Int)
    case problem(PromptProblem)
    case item(BatchResult)
    case progress(BatchProgress, at: ContinuousClock.Instant)
    /// `isWhole`: the whole batch; otherwise this worker alone leaves it to others.
    case paused(reason: String, isWhole: Bool = true)
    case finished(ending: String, BatchProgress, at: ContinuousClock.Instant)

    package var json: JSON {
        switch self {
        case .started(let batch, let name, let total):
            ["event": "started", "batch": .string(batch), "name": .string(name), "total": .integer(total)]
        case .problem(let problem):
            [
                "event": "problem", "name": .string(problem.name),
                "line": .optional(problem.line), "message": .string(problem.message),
            ]
        case .item(let result): Self.object("item", result.json(withAnswer: false).object ?? [:])
        case .progress(let progress, let now):
            Self.object(
                "progress",
                progress.figures.merging([
                    "reading": .bool(progress.isReading),
                    "items_per_second": progress.rate(at: now).map { .number(Self.rounded($0)) } ?? .null,
                    "remaining_ms": .optional(progress.timeLeft(at: now)?.milliseconds),
                    "current": .array(progress.current.map { .string($0) }),
                ]) { _, new in new })
        case .paused(let reason, _): ["event": "paused", "reason": .string(reason)]
        case .finished(let ending, let progress, let now):
            Self.object(
                "finished",
                progress.figures.merging([
                    "ending": .string(ending), "problems": .integer(progress.problems),
                    "duration_ms": .integer((now - progress.begun).milliseconds),
                ]) { _, new in new })
        }
    }

    private static func object(_ event: String, _ members: [String: JSON]) -> JSON {
        .object(members.merging(["event": .string(event)]) { _, new in new })
    }

    private static func rounded(_ number: Double) -> Double { (number * 1000).rounded() / 1000 }
}

extension BatchProgress {
    fileprivate var figures: [String: JSON] {
        var counts: [String: JSON] = [:]
        for (state, count) in self.counts { counts[state.rawValue] = .integer(count) }
        return [
            "counts": .object(counts), "total": .integer(total), "tokens": .integer(tokens), "cost_usd": .number(cost),
        ]
    }
}
