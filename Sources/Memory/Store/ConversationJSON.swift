internal import Assistant
internal import JSON

/// Conversations as JSON, for the journal and the spool.
extension ChatMessage {
    var json: JSON {
        switch self {
        case .system(let text): ["role": "system", "content": .string(text)]
        case .user(let text): ["role": "user", "content": .string(text)]
        case .assistant(let text, let calls):
            ["role": "assistant", "content": text.map(JSON.string) ?? nil, "calls": .array(calls.map(\.json))]
        case .tool(let callID, let content):
            ["role": "tool", "call": .string(callID), "content": .string(content)]
        }
    }

    init?(json: JSON) {
        let content = json["content"]?.string
        switch (json["role"]?.string, content) {
        case ("system", let text?): self = .system(text)
        case ("user", let text?): self = .user(text)
        case ("assistant", let text):
            self = .assistant(text: text, calls: (json["calls"]?.array ?? []).compactMap(ToolCall.init(json:)))
        case ("tool", let text?):
            guard let callID = json["call"]?.string else { return nil }
            self = .tool(callID: callID, content: text)
        default: return nil
        }
    }
}

extension ToolCall {
    var json: JSON { ["id": .string(id), "name": .string(name), "arguments": .string(arguments)] }

    init?(json: JSON) {
        guard let id = json["id"]?.string, let name = json["name"]?.string, let arguments = json["arguments"]?.string
        else { return nil }
        self.init(id: id, name: name, arguments: arguments)
    }
}

extension ToolDescription {
    var json: JSON { ["name": .string(name), "summary": .string(summary), "parameters": parameters] }

    init?(json: JSON) {
        guard let name = json["name"]?.string, let summary = json["summary"]?.string,
            let parameters = json["parameters"]
        else { return nil }
        self.init(name: name, summary: summary, parameters: parameters)
    }
}

extension Usage {
    var json: JSON {
        ["input": .integer(inputTokens), "cached": .integer(cachedInputTokens), "output": .integer(outputTokens)]
    }

    init(json: JSON) {
        self.init(
            inputTokens: json["input"]?.count ?? 0, cachedInputTokens: json["cached"]?.count ?? 0,
            outputTokens: json["output"]?.count ?? 0)
    }
}

extension ChatResponse {
    var json: JSON {
        [
            "text": text.map(JSON.string) ?? nil, "calls": .array(calls.map(\.json)),
            "finish": .string(finishReason), "usage": usage.json, "model": .string(model),
            "request_id": requestID.map(JSON.string) ?? nil,
        ]
    }

    init?(json: JSON) {
        guard let finish = json["finish"]?.string, let model = json["model"]?.string else { return nil }
        self.init(
            text: json["text"]?.string, calls: (json["calls"]?.array ?? []).compactMap(ToolCall.init(json:)),
            finishReason: finish, usage: Usage(json: json["usage"] ?? nil), model: model,
            requestID: json["request_id"]?.string)
    }
}
