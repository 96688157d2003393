package import Assistant
package import FoundationEssentials
package import JSON
internal import Memory

/// A run with its messages, tool calls and child runs.
package struct RunView: Sendable {
    package let id: String
    package let session: String
    package let agent: String
    /// What a delegate was asked to do; nil for a run of its own.
    package let task: String?
    package let source: String
    package let mode: String
    package let repository: String?
    package let model: String
    package let state: RunState
    package let reason: String?
    package let usage: Usage
    package let costInUSD: Double?
    package let startedAt: Date
    package let endedAt: Date?
    package let messages: [MessageView]
    package let calls: [CallView]
    package let children: [RunView]

    init(_ run: StoredRun) {
        id = run.id.description
        session = run.sessionKey
        agent = run.agent
        task = run.task
        source = run.source
        mode = run.mode
        repository = run.repository
        model = run.model
        state = run.state
        reason = run.reason
        usage = run.usage
        costInUSD = run.costInUSD
        startedAt = run.startedAt
        endedAt = run.endedAt
        messages = run.messages.map(MessageView.init)
        calls = run.toolCalls.map(CallView.init)
        children = run.children.map(RunView.init)
    }

    package var json: JSON {
        [
            "run": .string(id), "session": .string(session), "agent": .string(agent), "task": .optional(task),
            "source": .string(source), "mode": .string(mode), "repository": .optional(repository),
            "model": .string(model), "state": .string(state.rawValue), "reason": .optional(reason),
            "usage": [
                "input_tokens": .integer(usage.inputTokens), "cached_input_tokens": .integer(usage.cachedInputTokens),
                "cache_write_tokens": .integer(usage.cacheWriteTokens),
                "output_tokens": .integer(usage.outputTokens), "cost_usd": .optional(costInUSD),
            ],
            "started_at": .time(startedAt), "ended_at": .time(endedAt), "messages": .array(messages.map(\.json)),
            "calls": .array(calls.map(\.json)), "children": .array(children.map(\.json)),
        ]
    }
}
