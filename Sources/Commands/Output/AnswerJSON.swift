internal import Assistant
internal import Concurrency
internal import JSON
internal import Speech

/// The object that `vocero ask --json` prints.
struct AnswerJSON {
    let answer: Answer
    let transcript: Transcript?
    /// `stored`, `spooled`, or `nowhere` when the run could not be opened.
    let stored: String

    var json: JSON {
        var object: [String: JSON] = [
            "run": .string(answer.run.description), "session": answer.sessionKey.map(JSON.string) ?? .null,
            "state": .string(answer.state.rawValue), "stored": .string(stored),
            "transcript": transcript.map { .string($0.text) } ?? .null, "answer": answer.text.map(JSON.string) ?? .null,
            "tools": .array(answer.tools.map(Self.json)), "usage": usage, "timings": timings,
        ]
        if let failure = answer.failure { object["error"] = .string(failure.words) }
        if !answer.parked.isEmpty {
            object["parked"] = .array(
                answer.parked.map {
                    [
                        "tool": .string($0.tool), "reason": .string($0.reason),
                        "preview": $0.preview.map(JSON.string) ?? .null,
                    ]
                })
        }
        return .object(object)
    }

    private static func json(_ use: ToolUse) -> JSON {
        [
            "agent": .string(use.agent), "tool": .string(use.tool), "arguments": use.arguments,
            "state": .string(use.state.rawValue), "ms": .integer(use.took.milliseconds),
        ]
    }

    private var usage: JSON {
        [
            "input_tokens": .integer(answer.usage.inputTokens),
            "cached_input_tokens": .integer(answer.usage.cachedInputTokens),
            "output_tokens": .integer(answer.usage.outputTokens),
            "cost_usd": answer.costInUSD.map(JSON.number) ?? .null,
        ]
    }

    /// Milliseconds.
    private var timings: JSON {
        [
            "recall": .integer(answer.timings.recall.milliseconds),
            "model": .integer(answer.timings.model.milliseconds),
            "tools": .integer(answer.timings.tools.milliseconds), "total": .integer(answer.timings.total.milliseconds),
        ]
    }
}
