internal import Assistant
internal import Concurrency
package import JSON
internal import Speech

/// The answer to a request, as programs see it.
package struct AnswerView: Sendable {
    private let outcome: AskOutcome

    package init(_ outcome: AskOutcome) { self.outcome = outcome }

    private var answer: Answer { outcome.answer }

    package var json: JSON {
        var object: [String: JSON] = [
            "run": .string(answer.run.description), "session": .optional(answer.sessionKey),
            "state": .string(answer.state.rawValue), "stored": .string(outcome.kept.rawValue),
            "transcript": .optional(outcome.transcript?.text), "answer": .optional(answer.text),
            "tools": .array(answer.tools.map(Self.json)), "usage": usage, "timings": timings,
            "understood": true,
        ]
        if case .notUnderstood(let misunderstanding) = answer.failure {
            object["understood"] = false
            object["suggestions"] = .array(misunderstanding.suggestions.map { .string($0) })
            if !misunderstanding.missing.isEmpty {
                object["missing"] = .array(misunderstanding.missing.map { .string($0) })
            }
        }
        if let failure = answer.failure { object["error"] = .string(failure.words) }
        if !answer.parked.isEmpty {
            object["parked"] = .array(
                answer.parked.map {
                    ["tool": .string($0.tool), "reason": .string($0.reason), "preview": .optional($0.preview)]
                })
        }
        return .object(object)
    }

    private static func json(_ use: ToolUse) -> JSON {
        [
            "agent": .string(use.agent), "tool": .string(use.tool), "arguments": use.arguments,
            "state": .string(use.state.rawValue), "duration_ms": .integer(use.took.milliseconds),
        ]
    }

    private var usage: JSON {
        [
            "input_tokens": .integer(answer.usage.inputTokens),
            "cached_input_tokens": .integer(answer.usage.cachedInputTokens),
            "cache_write_tokens": .integer(answer.usage.cacheWriteTokens),
            "output_tokens": .integer(answer.usage.outputTokens), "cost_usd": .optional(answer.costInUSD),
        ]
    }

    private var timings: JSON {
        [
            "recall_ms": .integer(answer.timings.recall.milliseconds),
            "model_ms": .integer(answer.timings.model.milliseconds),
            "tools_ms": .integer(answer.timings.tools.milliseconds),
            "total_ms": .integer(answer.timings.total.milliseconds),
        ]
    }
}
