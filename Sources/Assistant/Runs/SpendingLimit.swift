internal import JSON

/// Says whether a model call may still be paid for, where money is shared by many runs.
package protocol SpendingLimit: Sendable {
    /// Asked before each model call. `spent`: what the run's answered calls have cost; `next`: the most that this call
    /// may cost; both in US dollars. False: the call is not made and the run ends at its limit.
    func allows(_ next: Double, after spent: Double) async -> Bool
}

extension ModelPrices {
    /// The most that a model call may cost, in US dollars: a token for each byte that is sent, and the longest answer
    /// that is asked for. Nil without a price or without a longest answer.
    package func most(for request: ChatRequest, model: String) -> Double? {
        guard let longest = request.maxOutputTokens else { return nil }
        return most(inputTokens: request.mostInputTokens, outputTokens: longest, model: model)
    }
}

extension ChatRequest {
    /// More tokens than these are never sent: one for each byte, and what frames each message and tool.
    package var mostInputTokens: Int { tokens { $0.utf8.count } }

    /// About so many tokens are sent.
    package var likelyInputTokens: Int { tokens { TokenEstimate.tokens(in: $0) } }

    private func tokens(_ count: (String) -> Int) -> Int {
        var tokens = 0
        for message in messages {
            tokens += 8
            switch message {
            case .system(let text), .user(let text), .tool(_, let text): tokens += count(text)
            case .assistant(let text, let calls):
                tokens += count(text ?? "")
                for call in calls { tokens += 8 + count(call.name) + count(call.arguments) }
            }
        }
        for tool in tools {
            tokens += 8 + count(tool.name) + count(tool.summary) + count(tool.parameters.description)
        }
        return tokens
    }
}
