internal import Assistant
internal import JSON

/// Conversations as the chat endpoint reads them.
enum ChatRequestJSON {
    /// `tool_choice` is left out: servers that do not know it refuse it, and the others take `auto` anyway.
    /// `endpoint`: what it gave with earlier messages goes back to it, and what others gave does not.
    static func body(of request: ChatRequest, model: String, streams: Bool, endpoint: String) -> JSON {
        let messages = request.messages.map { message($0, to: endpoint) }
        var body: [String: JSON] = ["model": .string(model), "messages": .array(messages)]
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

    private static func message(_ message: ChatMessage, to endpoint: String) -> JSON {
        switch message {
        case .system(let text): return ["role": "system", "content": .string(text)]
        case .user(let text): return ["role": "user", "content": .string(text)]
        case .tool(let id, let content):
            return ["role": "tool", "tool_call_id": .string(id), "content": .string(content)]
        case .assistant(let text, let calls, let given):
            let given = given?.endpoint == endpoint ? given : nil
            var message = given?.message ?? [:]
            message["role"] = "assistant"
            message["content"] = calls.isEmpty ? .string(text ?? "") : .optional(text)
            if !calls.isEmpty {
                message["tool_calls"] = .array(
                    calls.enumerated().map { index, call in
                        Self.call(
                            call, given.flatMap { $0.calls.indices.contains(index) ? $0.calls[index] : nil } ?? [:])
                    })
            }
            return .object(message)
        }
    }

    private static func call(_ call: ToolCall, _ given: [String: JSON]) -> JSON {
        var function = given["function"]?.object ?? [:]
        function["name"] = .string(call.name)
        function["arguments"] = .string(arguments(call.arguments))
        var members = given
        members["id"] = .string(call.id)
        members["type"] = "function"
        members["function"] = .object(function)
        return .object(members)
    }

    /// Some servers parse the arguments of past calls and refuse the whole conversation for a broken one: what
    /// the model wrote is then quoted in an object.
    private static func arguments(_ text: String) -> String {
        if let json = try? JSON(parsing: text), json.object != nil { return text }
        return text.isEmpty ? "{}" : JSON.object(["not_an_object": .string(text)]).description
    }
}
