internal import Assistant
internal import Concurrency
internal import JSON

extension RunLimits {
    /// Wall time in milliseconds.
    var json: JSON {
        var members: [String: JSON] = [
            "max_steps": .integer(maxSteps), "max_tool_calls": .integer(maxToolCalls),
            "max_tokens": .integer(maxTokens), "max_cost_usd": maxCostInUSD.map(JSON.number) ?? nil,
            "max_wall_time_ms": .integer(maxWallTime.milliseconds),
            "max_context_tokens": .integer(maxContextTokens),
        ]
        if let maxOutputTokens { members["max_output_tokens"] = .integer(maxOutputTokens) }
        return .object(members)
    }

    init?(json: JSON) {
        guard let steps = json["max_steps"]?.count, let calls = json["max_tool_calls"]?.count,
            let tokens = json["max_tokens"]?.count, let wallTime = json["max_wall_time_ms"]?.count,
            let context = json["max_context_tokens"]?.count
        else { return nil }
        self.init(
            maxSteps: steps, maxToolCalls: calls, maxTokens: tokens, maxCostInUSD: json["max_cost_usd"]?.number,
            maxWallTime: .milliseconds(wallTime), maxContextTokens: context,
            maxOutputTokens: json["max_output_tokens"]?.count)
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
