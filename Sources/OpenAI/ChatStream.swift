internal import Assistant
internal import HTTP
internal import JSON

/// Joins the events of a streamed chat answer. A value: fed with each event, asked for the whole at the end.
struct ChatStream {
    private struct PartialCall {
        var index: Int
        var id: String?
        var name = ""
        var arguments = ""
    }

    private var text = ""
    private var calls: [PartialCall] = []
    private var finishReason: String?
    private var usage = Usage()
    private var model: String?
    /// Of text and calls so far.
    private var bytes = 0
    private(set) var isDone = false

    /// What one event brought.
    enum Step: Hashable {
        case text(String)
        case nothing
        /// The server gave up, and says why.
        case failed(JSON)
    }

    /// Throws when the event is not what the protocol allows.
    mutating func feed(_ event: ServerSentEvent) throws(JSONError) -> Step {
        let data = event.data.trimmed
        // Some servers keep the connection alive with empty events.
        if data.isEmpty || isDone { return .nothing }
        if data == "[DONE]" {
            isDone = true
            return .nothing
        }
        if event.event == "error" { return .failed((try? JSON(parsing: String(data))) ?? .string(String(data))) }
        let chunk = try JSON(parsing: String(data))
        guard chunk.object != nil else { throw JSONError(reason: "not an object", offset: 0) }
        if let error = chunk["error"], !error.isNull { return .failed(chunk) }
        return try feed(chunk: chunk)
    }

    private mutating func feed(chunk: JSON) throws(JSONError) -> Step {
        model = ChatAnswerJSON.name(chunk["model"]) ?? model
        if let reported = chunk["usage"], !reported.isNull { usage = ChatAnswerJSON.usage(reported) }
        guard let choice = chunk["choices"]?[0] else { return .nothing }
        if let reason = ChatAnswerJSON.name(choice["finish_reason"]) { finishReason = reason }
        guard let delta = choice["delta"], !delta.isNull else { return .nothing }
        for call in try ChatAnswerJSON.calls(delta) { try add(call) }
        let piece = try ChatAnswerJSON.text(delta)
        try grow(by: piece)
        guard !piece.isEmpty else { return .nothing }
        text += piece
        return .text(piece)
    }

    /// What comes in many pieces is as long as what comes in one.
    private mutating func grow(by pieces: String?...) throws(JSONError) {
        for piece in pieces { bytes += piece?.utf8.count ?? 0 }
        guard bytes <= OpenAIClient.mostChatBytes else {
            throw JSONError(reason: "the answer has more than \(OpenAIClient.mostChatBytes) bytes", offset: 0)
        }
    }

    private mutating func add(_ delta: JSON) throws(JSONError) {
        try grow(by: ChatAnswerJSON.name(delta), ChatAnswerJSON.arguments(delta))
        let slot = slot(of: delta)
        guard calls.count <= ChatAnswerJSON.mostCalls else {
            throw JSONError(reason: "it makes more than \(ChatAnswerJSON.mostCalls) calls", offset: 0)
        }
        calls[slot].id = calls[slot].id ?? ChatAnswerJSON.id(delta)
        // Some servers say the name again with every piece.
        if let name = ChatAnswerJSON.name(delta), name != calls[slot].name { calls[slot].name += name }
        try ChatAnswerJSON.checkNames(id: calls[slot].id, name: calls[slot].name)
        calls[slot].arguments += ChatAnswerJSON.arguments(delta) ?? ""
    }

    /// Which call a piece belongs to: that of its index. Some servers send no index, or the same one for every
    /// call: then a piece with a name and another id begins the next call.
    private mutating func slot(of delta: JSON) -> Int {
        let index = delta["index"]?.integer
        let last = index.map { index in calls.lastIndex { $0.index == index } } ?? calls.indices.last
        if let last, !beginsAnother(delta, than: calls[last], hasIndex: index != nil) { return last }
        calls.append(PartialCall(index: index ?? calls.count))
        return calls.count - 1
    }

    private func beginsAnother(_ delta: JSON, than call: PartialCall, hasIndex: Bool) -> Bool {
        guard ChatAnswerJSON.name(delta) != nil, !call.name.isEmpty else { return false }
        guard let id = ChatAnswerJSON.id(delta) else { return !hasIndex }
        return id != call.id
    }

    /// The whole answer; nil when the stream ended before the answer did.
    func response(model asked: String, requestID: String?) -> ChatResponse? {
        guard isDone, let finishReason else { return nil }
        let ordered = calls.enumerated().sorted { ($0.element.index, $0.offset) < ($1.element.index, $1.offset) }
        let joined = ordered.enumerated().map { position, entry in
            ToolCall(
                id: entry.element.id ?? "call_\(position)", name: entry.element.name,
                arguments: entry.element.arguments)
        }
        return ChatResponse(
            text: text.isEmpty ? nil : text, calls: joined, finishReason: finishReason, usage: usage,
            model: model ?? asked, requestID: requestID)
    }
}

extension String {
    /// Without blanks at either end.
    fileprivate var trimmed: Substring {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return self[first...last]
    }
}
