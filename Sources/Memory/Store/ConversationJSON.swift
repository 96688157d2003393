internal import Assistant
internal import JSON

/// Conversations as JSON, for the journal and the spool.
extension ChatMessage {
    var json: JSON {
        switch self {
        case .system(let text): ["role": "system", "content": .string(text)]
        case .user(let text): ["role": "user", "content": .string(text)]
        case .assistant(let text, let calls, let given):
            JSON.adding(
                given,
                to: ["role": "assistant", "content": text.map(JSON.string) ?? nil, "calls": .array(calls.map(\.json))])
        case .tool(let callID, let content):
            ["role": "tool", "call": .string(callID), "content": .string(content)]
        }
    }

    /// As it is stored.
    func json(redactedBy redact: (String) -> String) -> JSON {
        guard case .assistant(let text, let calls, let given?) = self else { return json.mappingStrings(redact) }
        return JSON.adding(
            given.redacted(by: redact),
            to: ChatMessage.assistant(text: text, calls: calls).json.mappingStrings(redact))
    }

    init?(json: JSON) {
        let content = json["content"]?.string
        switch (json["role"]?.string, content) {
        case ("system", let text?): self = .system(text)
        case ("user", let text?): self = .user(text)
        case ("assistant", let text):
            self = .assistant(
                text: text, calls: (json["calls"]?.array ?? []).compactMap(ToolCall.init(json:)),
                given: EndpointMembers(json: json["given"] ?? nil))
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

extension EndpointMembers {
    var json: JSON {
        [
            "endpoint": .string(endpoint), "message": .object(message),
            "calls": .array(calls.map(JSON.object)),
        ]
    }

    init?(json: JSON) {
        guard let endpoint = json["endpoint"]?.string else { return nil }
        self.init(
            endpoint: endpoint, message: json["message"]?.object ?? [:],
            calls: json["calls"]?.array?.map { $0.object ?? [:] } ?? [])
    }

    /// Thoughts are text as any other; what an endpoint has signed or sealed would be worth nothing with a letter
    /// changed, and says nothing to anybody else.
    func redacted(by redact: (String) -> String) -> EndpointMembers {
        var members = self
        members.message = Self.redacted(message, by: redact)
        members.calls = calls.map { Self.redacted($0, by: redact) }
        return members
    }

    private static func redacted(_ members: [String: JSON], by redact: (String) -> String) -> [String: JSON] {
        var redacted: [String: JSON] = [:]
        for (name, value) in members {
            redacted[name] = isSealed(name, value) ? value : Self.redacted(value, by: redact)
        }
        return redacted
    }

    private static func redacted(_ value: JSON, by redact: (String) -> String) -> JSON {
        switch value {
        case .object(let members): .object(Self.redacted(members, by: redact))
        case .array(let elements): .array(elements.map { Self.redacted($0, by: redact) })
        case .string(let text): .string(redact(text))
        case .null, .bool, .integer, .number: value
        }
    }

    /// One long word under a name that says so.
    private static func isSealed(_ name: String, _ value: JSON) -> Bool {
        let name = name.lowercased()
        guard ["signature", "encrypted", "data"].contains(where: name.contains), let text = value.string else {
            return false
        }
        return !text.contains(where: \.isWhitespace)
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
        [
            "input": .integer(inputTokens), "cached": .integer(cachedInputTokens),
            "written": .integer(cacheWriteTokens), "output": .integer(outputTokens),
        ]
    }

    init(json: JSON) {
        self.init(
            inputTokens: json["input"]?.count ?? 0, cachedInputTokens: json["cached"]?.count ?? 0,
            cacheWriteTokens: json["written"]?.count ?? 0, outputTokens: json["output"]?.count ?? 0)
    }
}

extension ChatResponse {
    var json: JSON {
        JSON.adding(
            given,
            to: [
                "text": text.map(JSON.string) ?? nil, "calls": .array(calls.map(\.json)),
                "finish": .string(finishReason), "usage": usage.json, "model": .string(model),
                "request_id": requestID.map(JSON.string) ?? nil,
            ])
    }

    init?(json: JSON) {
        guard let finish = json["finish"]?.string, let model = json["model"]?.string else { return nil }
        self.init(
            text: json["text"]?.string, calls: (json["calls"]?.array ?? []).compactMap(ToolCall.init(json:)),
            finishReason: finish, usage: Usage(json: json["usage"] ?? nil), model: model,
            requestID: json["request_id"]?.string, given: EndpointMembers(json: json["given"] ?? nil))
    }
}

extension JSON {
    /// A message with what its endpoint gave, where it gave something.
    fileprivate static func adding(_ given: EndpointMembers?, to message: JSON) -> JSON {
        guard let given, var members = message.object else { return message }
        members["given"] = given.json
        return .object(members)
    }
}
