internal import JSON

/// Says whether a model call may still be paid for, where money is shared by many runs.
package protocol SpendingLimit: Sendable {
    /// Asked before each model call. `spent`: what the run's answered calls have cost; `next`: the most that this call
    /// may cost; both in US dollars. False: the call is not made and the run ends at its limit.
    func allows(_ next: Double, after spent: Double) async -> Bool
}

extension ModelPrices {
    /// The most that a model call may cost, in US dollars: an upper guess of what is sent, and the longest answer
    /// that is asked for. Nil without a price or without a longest answer.
    package func most(for request: ChatRequest, model: String) -> Double? {
        guard let longest = request.maxOutputTokens else { return nil }
        return most(inputTokens: request.mostInputTokens, outputTokens: longest, model: model)
    }
}

extension ChatRequest {
    /// An upper guess of the tokens that are sent: a quarter more than ``TokenEstimate`` says, and what frames each
    /// message and tool.
    package var mostInputTokens: Int {
        var tokens = 0
        for message in messages {
            tokens += 8
            switch message {
            case .system(let text), .user(let text), .tool(_, let text): tokens += TokenEstimate.tokens(in: text)
            case .assistant(let text, let calls):
                tokens += TokenEstimate.tokens(in: text ?? "")
                for call in calls {
                    tokens += 8 + TokenEstimate.tokens(in: call.name) + TokenEstimate.tokens(in: call.arguments)
                }
            }
        }
        for tool in tools {
            tokens += 8 + TokenEstimate.tokens(in: tool.name) + TokenEstimate.tokens(in: tool.summary)
            tokens += TokenEstimate.tokens(in: tool.parameters.description)
        }
        return tokens + tokens / 4
    }
}
