internal import Assistant
internal import HTTP
internal import JSON

/// Joins the events of a streamed chat answer. A value: fed with each event, asked for the whole at the end.
///
/// Either end is enough: a word of how the answer ended, or `[DONE]` behind something that was said.
struct ChatStream {
    private var thoughts = Thoughts()
    /// The first half of a character, which waits for the other one.
    private var half = ""
    private var text = ""
    private var calls = CallPieces()
    private var members: [String: JSON] = [:]
    private var finishReason: String?
    private var usage = Usage()
    private var model: String?
    /// Of what has come so far.
    private var bytes = 0
    private(set) var isDone = false

    /// Something was written, and will be paid for.
    var hasBegun: Bool { !text.isEmpty || !calls.isEmpty || !members.isEmpty || usage.totalTokens > 0 }

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
        if isDone || Self.isSignOfLife(data) { return .nothing }
        if data == "[DONE]" {
            isDone = true
            return .nothing
        }
        if event.event == "error" {
            return .failed((try? JSON(parsing: String(data))) ?? .string(String(data)))
        }
        let chunk: JSON
        do throws(JSONError) {
            chunk = try JSON(parsing: Array(data.utf8), halves: .kept)
        } catch {
            // Events of other types are not ours.
            if let type = event.event, type != "message" { return .nothing }
            throw error
        }
        guard chunk.object != nil else { throw JSONError(reason: "not an object", offset: 0) }
        if let error = chunk["error"], ChatAnswerJSON.isError(error) { return .failed(chunk) }
        return try feed(chunk: chunk)
    }

    /// What servers send to keep a connection open, some of them as data.
    private static func isSignOfLife(_ data: Substring) -> Bool {
        if data.isEmpty || data.hasPrefix(":") { return true }
        guard data.utf8.count < 20 else { return false }
        return ["ping", "pong", "keepalive", "keep-alive", "heartbeat"]
            .contains(data.lowercased().trimming(while: { !$0.isLetter }))
    }

    private mutating func feed(chunk: JSON) throws(JSONError) -> Step {
        model = ChatAnswerJSON.name(chunk["model"]) ?? model
        usage = ChatUsageJSON.joined(usage, ChatUsageJSON.usage(chunk["usage"] ?? chunk["x_groq"]?["usage"]))
        guard let choice = chunk["choices"]?[0] else { return .nothing }
        if let error = choice["error"], ChatAnswerJSON.isError(error) { return .failed(choice) }
        if let reason = ChatAnswerJSON.finishReason(choice) { finishReason = reason }
        guard let delta = delta(of: choice) else { return .nothing }
        for call in try ChatAnswerJSON.calls(delta) {
            try grow(by: (ChatAnswerJSON.name(call) ?? "") + (ChatAnswerJSON.arguments(call) ?? ""))
            try calls.add(call)
        }
        let given = GivenMembers.ofMessage(delta)
        if !given.isEmpty {
            try grow(by: JSON.object(given).description)
            members = GivenMembers.joined(members, given)
        }
        let piece = try ChatAnswerJSON.text(delta)
        try grow(by: piece)
        return say(piece)
    }

    /// Some servers end with the whole message, or send nothing else: it counts when nothing came before.
    private func delta(of choice: JSON) -> JSON? {
        if let delta = choice["delta"], !delta.isNull { return delta }
        guard text.isEmpty, calls.isEmpty, let message = choice["message"], !message.isNull else { return nil }
        return message
    }

    /// What comes in many pieces is as long as what comes in one.
    private mutating func grow(by piece: String) throws(JSONError) {
        bytes += piece.utf8.count
        guard bytes <= OpenAIClient.mostChatBytes else {
            throw JSONError(reason: "the answer has more than \(OpenAIClient.mostChatBytes) bytes", offset: 0)
        }
    }

    private mutating func say(_ piece: String) -> Step {
        guard !piece.isEmpty else { return .nothing }
        let whole = half + piece
        half = ""
        var ready = whole
        if whole.endsInHalf {
            half = String(ready.unicodeScalars.removeLast())
        }
        return said(thoughts.feed(ready.joiningHalves()))
    }

    private mutating func said(_ piece: String) -> Step {
        text += piece
        return piece.isEmpty ? .nothing : .text(piece)
    }

    /// What was held back, once the stream has ended well.
    mutating func rest() -> Step {
        defer { half = "" }
        return said(thoughts.feed(half.joiningHalves()) + thoughts.end())
    }

    /// The whole answer; nil when the stream ended before the answer did. Asked after ``rest()``.
    func response(model asked: String, requestID: String?, endpoint: String) -> ChatResponse? {
        let answer = Thoughts.withoutOpenEnd(text)
        let hasSaid = !calls.isEmpty || text.contains { !$0.isWhitespace }
        guard finishReason != nil || (isDone && hasSaid) else { return nil }
        let joined = calls.joined()
        return ChatResponse(
            text: answer.isEmpty ? nil : answer, calls: joined.map(\.call),
            finishReason: finishReason ?? (joined.isEmpty ? "stop" : "tool_calls"), usage: usage,
            model: model ?? asked, requestID: requestID,
            given: EndpointMembers(
                endpoint: endpoint, message: GivenMembers.joiningHalves(members),
                calls: joined.map { GivenMembers.joiningHalves($0.members) }))
    }
}

extension StringProtocol {
    /// Without blanks at either end.
    fileprivate var trimmed: SubSequence { trimming(while: \.isWhitespace) }

    fileprivate func trimming(while isDropped: (Character) -> Bool) -> SubSequence {
        guard let first = firstIndex(where: { !isDropped($0) }), let last = lastIndex(where: { !isDropped($0) })
        else { return self[startIndex..<startIndex] }
        return self[first...last]
    }
}
