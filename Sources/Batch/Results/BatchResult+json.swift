internal import BatchQueue
internal import FoundationEssentials
package import JSON

extension BatchResult {
    /// One object, in `NAME.json`, in each line of `results.jsonl` and in exports:
    /// - `position`: from 0, in the order of the input
    /// - `name`: of the item, as the input has it
    /// - `status`: `pending`, `running`, `done`, `failed`, `parked` or `skipped`
    /// - `transcript`: what was heard in a recording; only there for recordings
    /// - `error`: why it failed, was parked or skipped, or null
    /// - `run`: the id of its run, for `vocero show`, or null
    /// - `model`: or null
    /// - `attempts`: how often it was begun since it was new, changed or put back by a person
    /// - `usage`: `input_tokens`, `output_tokens`
    /// - `cost_usd`: in US dollars, or null when the price is not known
    /// - `tools`: each tool call with its name, state and `duration_ms`
    /// - `timings`: `started_at` and `finished_at` (RFC 3339, UTC, to the millisecond) and `duration_ms` between them, or null
    /// - `answer`: or null; not in `NAME.json`, whose answer is `NAME.md`
    package func json(withAnswer: Bool) -> JSON {
        var members: [String: JSON] = [
            "position": .integer(position),
            "name": .string(name),
            "status": .string(state.rawValue),
            "error": .optional(error),
            "run": .optional(run),
            "model": .optional(model),
            "attempts": .integer(attempts),
            "usage": ["input_tokens": .integer(inputTokens), "output_tokens": .integer(outputTokens)],
            "cost_usd": .optional(cost),
            "tools": tools,
            "timings": [
                "started_at": startedAt.map { .string(Self.text($0)) } ?? .null,
                "finished_at": finishedAt.map { .string(Self.text($0)) } ?? .null,
                "duration_ms": .optional(milliseconds),
            ],
        ]
        if let transcript { members["transcript"] = .string(transcript) }
        if withAnswer { members["answer"] = .optional(answer) }
        return .object(members)
    }

    /// Between start and end; never negative, also when a clock has jumped.
    var milliseconds: Int? {
        guard let startedAt, let finishedAt else { return nil }
        return max(0, Int((finishedAt.timeIntervalSince(startedAt) * 1000).rounded()))
    }

    static func text(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
