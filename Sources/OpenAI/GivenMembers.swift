internal import Assistant
internal import JSON

/// The members of an answer's message that the protocol does not name: kept as they are, joined from a stream's pieces,
/// and sent back with the message to the endpoint that gave them.
enum GivenMembers {
    /// What is read, or says nothing to the endpoint that said it.
    private static let ofMessage: Set<String> = [
        "role", "content", "refusal", "tool_calls", "function_call", "name", "audio", "annotations",
    ]
    private static let ofCall: Set<String> = ["index", "id", "type", "function"]
    private static let ofFunction: Set<String> = ["name", "arguments"]

    static func ofMessage(_ message: JSON) -> [String: JSON] { unknown(in: message, beside: ofMessage) }

    static func ofCall(_ call: JSON) -> [String: JSON] {
        var members = unknown(in: call, beside: ofCall)
        let function = unknown(in: call["function"] ?? nil, beside: ofFunction)
        if !function.isEmpty { members["function"] = .object(function) }
        return members
    }

    private static func unknown(in json: JSON, beside known: Set<String>) -> [String: JSON] {
        (json.object ?? [:]).filter { !known.contains($0.key) && !$0.value.isNull }
    }

    /// The request in the form that its endpoint wants, by what it has refused: without what it gave and does not take,
    /// or with the thoughts that it misses in messages which never had any. Nil when the error says something else.
    static func adapted(_ request: ChatRequest, after error: EngineError, endpoint: String) -> ChatRequest? {
        guard error.kind == .refused else { return nil }
        let words = error.message.lowercased()
        if words.contains("reasoning_content"), words.contains("missing") || words.contains("must") {
            return adding(["reasoning_content": ""], to: request, endpoint)
        }
        return leftOut(of: request, after: error)
    }

    private static func adding(_ members: [String: JSON], to request: ChatRequest, _ endpoint: String) -> ChatRequest? {
        var whole = request
        whole.messages = request.messages.map { message in
            guard case .assistant(let text, let calls, let given) = message else { return message }
            let own = given?.endpoint == endpoint ? given : nil
            let joined = EndpointMembers(
                endpoint: endpoint, message: members.merging(own?.message ?? [:]) { $1 }, calls: own?.calls ?? [])
            return .assistant(text: text, calls: calls, given: joined)
        }
        return whole == request ? nil : whole
    }

    private static func leftOut(of request: ChatRequest, after error: EngineError) -> ChatRequest? {
        var names: Set<String> = []
        var plain = request
        plain.messages = request.messages.map { message in
            guard case .assistant(let text, let calls, let given?) = message else { return message }
            names.formUnion(given.names)
            return .assistant(text: text, calls: calls)
        }
        return names.contains { error.message.contains($0) } ? plain : nil
    }

    // MARK: Streams

    /// Words for which a later piece stands in place of an earlier one; all other text goes on.
    private static let whole: Set<String> = ["id", "type", "format", "role", "name", "data", "status"]

    static func joined(_ earlier: [String: JSON], _ later: [String: JSON]) -> [String: JSON] {
        var members = earlier
        for (name, new) in later { members[name] = earlier[name].map { joined(name, $0, new) } ?? new }
        return members
    }

    private static func joined(_ name: String, _ old: JSON, _ new: JSON) -> JSON {
        switch (old, new) {
        case (_, .null): old
        case (.string(let first), .string(let rest)):
            whole.contains(name) || name.lowercased().hasSuffix("signature") ? new : .string(first + rest)
        case (.object(let first), .object(let rest)): .object(joined(first, rest))
        case (.array(let first), .array(let rest)): .array(joined(first, rest))
        default: new
        }
    }

    /// Elements that say which they are go on with one another; others stand behind those before.
    private static func joined(_ earlier: [JSON], _ later: [JSON]) -> [JSON] {
        var elements = earlier
        for element in later {
            let same = elements.lastIndex { known in
                element["index"]?.integer != nil && known["index"] == element["index"]
                    && known["type"] == element["type"] ?? known["type"]
            }
            if let same { elements[same] = joined("", elements[same], element) } else { elements.append(element) }
        }
        return elements
    }

    /// Every text in it with its cut characters whole again.
    static func joiningHalves(_ members: [String: JSON]) -> [String: JSON] { members.mapValues(joiningHalves) }

    private static func joiningHalves(_ json: JSON) -> JSON {
        switch json {
        case .string(let text): .string(text.joiningHalves())
        case .array(let elements): .array(elements.map(joiningHalves))
        case .object(let members): .object(joiningHalves(members))
        case .null, .bool, .integer, .number: json
        }
    }
}
