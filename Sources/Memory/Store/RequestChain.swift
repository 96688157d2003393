internal import Assistant
internal import Hashing
internal import JSON

/// The request of a step as it is stored: what it adds to the request of the step before.
///
/// A conversation repeats itself with every step. Stored whole each time, a run of twenty steps would store its
/// first message twenty times. The hash is that of the whole request all the same: each message's text is hashed
/// together with the hash of what stands before it, so that it can be carried on from step to step.
struct RequestChain: Sendable {
    private var messages: [ChatMessage] = []
    private var tools: [ToolDescription] = []
    private var hash: [UInt8] = []
    private var toolsHash: [UInt8] = []
    private var isFirst = true

    struct Link {
        /// `after`: how many messages of the step before stand in front of `messages`. `tools` only when they
        /// are others than the step before had.
        let json: JSON
        let hash: [UInt8]
    }

    /// Takes the next request of the run. Only what is new is redacted, written and hashed.
    mutating func append(_ request: ChatRequest, redact: (String) -> String) -> Link {
        let goesOn = request.messages.starts(with: messages)
        let after = goesOn ? messages.count : 0
        if !goesOn { hash = [] }
        let added = request.messages[after...].map { $0.json.mappingStrings(redact) }
        for message in added { hash = ContentHash(of: hash, Array(message.description.utf8)).bytes }
        var link: [String: JSON] = ["after": .integer(after), "messages": .array(added)]
        if isFirst || request.tools != tools {
            let tools = JSON.array(request.tools.map(\.json))
            toolsHash = ContentHash(ofText: tools.description).bytes
            link["tools"] = tools
        }
        if let limit = request.maxOutputTokens { link["max_output_tokens"] = .integer(limit) }
        messages = request.messages
        tools = request.tools
        isFirst = false
        return Link(json: .object(link), hash: ContentHash(of: hash, toolsHash).bytes)
    }

    /// The whole requests that some stored links of one run, in order, stand for; nil when one does not fit.
    static func requests(of links: [JSON]) -> [ChatRequest]? {
        var requests: [ChatRequest] = []
        for link in links {
            guard let after = link["after"]?.count, let added = link["messages"]?.array,
                after <= requests.last?.messages.count ?? 0
            else { return nil }
            let messages = added.compactMap(ChatMessage.init(json:))
            let tools = link["tools"]?.array.map { $0.compactMap(ToolDescription.init(json:)) }
            requests.append(
                ChatRequest(
                    messages: Array(requests.last?.messages.prefix(after) ?? []) + messages,
                    tools: tools ?? requests.last?.tools ?? [],
                    maxOutputTokens: link["max_output_tokens"]?.count))
        }
        return requests
    }
}
