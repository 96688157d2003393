internal import JSON

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
            case .assistant(let text, let calls, let given):
                tokens += count(text ?? "")
                for call in calls { tokens += 8 + count(call.name) + count(call.arguments) }
                if let given {
                    tokens += count(JSON.object(given.message).description)
                    for call in given.calls where !call.isEmpty { tokens += count(JSON.object(call).description) }
                }
            }
        }
        for tool in tools {
            tokens += 8 + count(tool.name) + count(tool.summary) + count(tool.parameters.description)
        }
        return tokens
    }
}
