internal import Assistant
internal import JSON

/// What the chat endpoint answers, as OpenAI writes it and as compatible servers do.
enum ChatAnswerJSON {
    /// A whole answer. Throws when something in it is not what the protocol allows: read past, it would be a
    /// shorter answer.
    static func response(_ json: JSON, model asked: String, requestID: String?) throws(JSONError) -> ChatResponse {
        guard let choice = json["choices"]?[0], let message = choice["message"], message.object != nil else {
            throw JSONError(reason: "it has no choices", offset: 0)
        }
        let calls = try self.calls(message).enumerated().map { index, call in
            ToolCall(id: id(call) ?? "call_\(index)", name: name(call) ?? "", arguments: arguments(call) ?? "")
        }
        try checkNames(of: calls)
        let text = try text(message)
        return ChatResponse(
            text: text.isEmpty ? nil : text, calls: calls,
            finishReason: name(choice["finish_reason"]) ?? (calls.isEmpty ? "stop" : "tool_calls"),
            usage: usage(json["usage"]), model: name(json["model"]) ?? asked, requestID: requestID)
    }

    /// Bytes of a name, an id or a reason: what is longer is none.
    private static let longestName = 256
    /// Calls in one answer.
    static let mostCalls = 1_000

    /// A model's name or a reason.
    static func name(_ json: JSON?) -> String? { json?.string.flatMap { $0.utf8.count > longestName ? nil : $0 } }

    /// Names are said again, to the model and to people, and ids go back with every request.
    static func checkNames(of calls: [ToolCall]) throws(JSONError) {
        guard calls.count <= mostCalls else { throw JSONError(reason: "it makes \(calls.count) calls", offset: 0) }
        for call in calls { try checkNames(id: call.id, name: call.name) }
    }

    static func checkNames(id: String?, name: String) throws(JSONError) {
        for (what, text) in [("tool's name", name), ("call's id", id ?? "")] where text.utf8.count > longestName {
            throw JSONError(reason: "a \(what) has \(text.utf8.count) bytes", offset: 0)
        }
    }

    static func usage(_ json: JSON?) -> Usage {
        Usage(
            inputTokens: json?["prompt_tokens"]?.count ?? 0,
            cachedInputTokens: json?["prompt_tokens_details"]?["cached_tokens"]?.count ?? 0,
            cacheWriteTokens: json?["prompt_tokens_details"]?["cache_write_tokens"]?.count ?? 0,
            outputTokens: json?["completion_tokens"]?.count ?? 0)
    }

    /// The text of a message or a delta: its content, a string or a list of parts, or the words of a refusal.
    static func text(_ message: JSON) throws(JSONError) -> String {
        let content = try content(message["content"])
        return content.isEmpty ? message["refusal"]?.string ?? "" : content
    }

    private static func content(_ json: JSON?) throws(JSONError) -> String {
        switch json {
        case nil, .null: return ""
        case .string(let text): return text
        case .array(let parts): return parts.compactMap { $0["text"]?.string ?? $0["refusal"]?.string }.joined()
        case let other?: throw JSONError(reason: "its content is of type \(other.typeName)", offset: 0)
        }
    }

    /// The tool calls of a message or a delta.
    static func calls(_ message: JSON) throws(JSONError) -> [JSON] {
        switch message["tool_calls"] {
        case nil, .null: return []
        case .array(let calls): return calls
        case let other?: throw JSONError(reason: "its tool_calls are of type \(other.typeName)", offset: 0)
        }
    }

    static func id(_ call: JSON) -> String? { call["id"]?.string.flatMap { $0.isEmpty ? nil : $0 } }

    static func name(_ call: JSON) -> String? { call["function"]?["name"]?.string.flatMap { $0.isEmpty ? nil : $0 } }

    /// JSON text; some servers send the object itself.
    static func arguments(_ call: JSON) -> String? {
        switch call["function"]?["arguments"] {
        case nil, .null: nil
        case .string(let text): text
        case let other?: other.description
        }
    }
}
