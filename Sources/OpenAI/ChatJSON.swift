internal import Assistant
internal import JSON

/// Conversations as the chat endpoint writes them.
enum ChatJSON {
    static func body(of request: ChatRequest, model: String, streams: Bool) -> JSON {
        var body: [String: JSON] = ["model": .string(model), "messages": .array(request.messages.map(message))]
        if !request.tools.isEmpty { body["tools"] = .array(request.tools.map(tool)) }
        if let most = request.maxOutputTokens { body["max_completion_tokens"] = .integer(most) }
        if streams {
            body["stream"] = true
            body["stream_options"] = ["include_usage": true]
        }
        return .object(body)
    }

    private static func tool(_ tool: ToolDescription) -> JSON {
        [
            "type": "function",
            "function": [
                "name": .string(tool.name), "description": .string(tool.summary), "parameters": tool.parameters,
            ],
        ]
    }

    private static func message(_ message: ChatMessage) -> JSON {
        switch message {
        case .system(let text): return ["role": "system", "content": .string(text)]
        case .user(let text): return ["role": "user", "content": .string(text)]
        case .tool(let id, let content):
            return ["role": "tool", "tool_call_id": .string(id), "content": .string(content)]
        case .assistant(let text, let calls):
            var members: [String: JSON] = ["role": "assistant"]
            if let text { members["content"] = .string(text) } else if calls.isEmpty { members["content"] = "" }
            if !calls.isEmpty { members["tool_calls"] = .array(calls.map(call)) }
            return .object(members)
        }
    }

    private static func call(_ call: ToolCall) -> JSON {
        [
            "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
        ]
    }

    static func usage(_ json: JSON?) -> Usage {
        Usage(
            inputTokens: json?["prompt_tokens"]?.integer ?? 0,
            cachedInputTokens: json?["prompt_tokens_details"]?["cached_tokens"]?.integer ?? 0,
            outputTokens: json?["completion_tokens"]?.integer ?? 0)
    }

    /// A call of a whole answer. Some servers send the arguments as an object.
    static func call(_ json: JSON, index: Int) -> ToolCall {
        let function = json["function"]
        let arguments = function?["arguments"]
        return ToolCall(
            id: json["id"]?.string ?? "call_\(index)", name: function?["name"]?.string ?? "",
            arguments: arguments?.string ?? arguments.map { $0.isNull ? "" : $0.description } ?? "")
    }
}
