internal import Assistant
internal import JSON

/// Joins the chunks of a streamed chat answer. A value: fed with the data of each event, asked for the whole at
/// the end.
struct ChatStream {
    private struct PartialCall {
        var id = ""
        var name = ""
        var arguments = ""
    }

    private var text = ""
    private var calls: [Int: PartialCall] = [:]
    private var finishReason: String?
    private var usage = Usage()
    private var model: String?
    private(set) var isDone = false

    /// What one event brought.
    enum Step: Equatable {
        case text(String)
        case nothing
        case failed(JSON)
    }

    /// Throws the JSON's error when the event's data is no JSON.
    mutating func feed(_ data: String) throws(JSONError) -> Step {
        if data == "[DONE]" {
            isDone = true
            return .nothing
        }
        let chunk = try JSON(parsing: data)
        if let error = chunk["error"], !error.isNull { return .failed(chunk) }
        model = chunk["model"]?.string ?? model
        if let reported = chunk["usage"], !reported.isNull { usage = ChatJSON.usage(reported) }
        guard let choice = chunk["choices"]?[0] else { return .nothing }
        if let reason = choice["finish_reason"]?.string { finishReason = reason }
        for (position, delta) in (choice["delta"]?["tool_calls"]?.array ?? []).enumerated() {
            add(delta, at: delta["index"]?.integer ?? position)
        }
        guard let piece = choice["delta"]?["content"]?.string, !piece.isEmpty else { return .nothing }
        text += piece
        return .text(piece)
    }

    private mutating func add(_ delta: JSON, at index: Int) {
        var call = calls[index] ?? PartialCall()
        if let id = delta["id"]?.string, !id.isEmpty { call.id = id }
        if let name = delta["function"]?["name"]?.string { call.name += name }
        if let arguments = delta["function"]?["arguments"]?.string { call.arguments += arguments }
        calls[index] = call
    }

    /// The whole answer; nil when the stream ended before the answer did.
    func response(model asked: String, requestID: String?) -> ChatResponse? {
        guard isDone, let finishReason else { return nil }
        let joined = calls.sorted { $0.key < $1.key }.map { index, call in
            ToolCall(id: call.id.isEmpty ? "call_\(index)" : call.id, name: call.name, arguments: call.arguments)
        }
        return ChatResponse(
            text: text.isEmpty ? nil : text, calls: joined, finishReason: finishReason, usage: usage,
            model: model ?? asked, requestID: requestID)
    }
}
