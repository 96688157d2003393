internal import Assistant
internal import JSON

/// Conversations as the chat endpoint reads them.
enum ChatRequestJSON {
    /// `tool_choice` is left out: servers that do not know it refuse it, and the others take `auto` anyway.
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
            guard !calls.isEmpty else { return ["role": "assistant", "content": .string(text ?? "")] }
            return [
                "role": "assistant", "content": .optional(text), "tool_calls": .array(calls.map(call)),
            ]
        }
    }

    private static func call(_ call: ToolCall) -> JSON {
        [
            "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(arguments(call.arguments))],
        ]
    }

    /// Some servers parse the arguments of past calls and refuse the whole conversation for a broken one: what
    /// the model wrote is then quoted in an object.
    private static func arguments(_ text: String) -> String {
        if let json = try? JSON(parsing: text), json.object != nil { return text }
        return text.isEmpty ? "{}" : JSON.object(["not_an_object": .string(text)]).description
    }
}
