/// The bytes of an answer and what happens after them.
struct LoopbackChatAnswer {
    enum After { case keep, close, reset, nothing }

    var bytes: [UInt8]
    var after = After.keep

    init(
        _ step: LoopbackChatStep, item: String, call: LoopbackChat.Call, usage: (input: Int, output: Int), streams: Bool
    ) {
        let words = "Answer to \(item)."
        let reply = Reply(requestID: call.requestID, usage: usage, streams: streams)
        bytes = []
        switch step {
        case .ok, .hold, .late: bytes = reply.whole(words)
        case .length: bytes = reply.whole("Answer", reason: "length")
        case .filter: bytes = reply.whole("", reason: "content_filter")
        case .empty: bytes = reply.whole("")
        case .write:
            bytes = reply.calling("file_create", #"{"path":"\#(item).txt","content":"x"}"#)
        case .look: bytes = reply.calling("git_status", "{}")
        case .limited: bytes = reply.limited([])
        case .limitedRetryAfter: bytes = reply.limited(["Retry-After: 1"])
        case .limitedMilliseconds: bytes = reply.limited(["retry-after-ms: 50"])
        case .limitedForLong: bytes = reply.limited(["Retry-After: 3600"])
        case .limitedHeaders:
            bytes = reply.limited([
                "x-ratelimit-limit-requests: 500", "x-ratelimit-remaining-requests: 0",
                "x-ratelimit-reset-requests: 300ms",
            ])
        case .quota:
            bytes = reply.error(429, "You exceeded your current quota.", code: "insufficient_quota")
        case .wrongKey: bytes = reply.error(401, "Incorrect API key provided.", code: "invalid_api_key")
        case .noSuchModel: bytes = reply.error(404, "The model does not exist.", code: "model_not_found")
        case .badRequest, .timeout, .conflict, .tooLarge, .serverError, .badGateway, .unavailable:
            bytes = reply.error(Int(step.rawValue) ?? 500, "scripted \(step.rawValue)", code: nil)
        case .hang: after = .nothing
        case .stall: (bytes, after) = (reply.beginning, .nothing)
        case .reset: after = .reset
        case .cut: (bytes, after) = (reply.beginning, .close)
        case .endless: bytes = reply.events([reply.delta(words, reason: nil)])
        case .broken: bytes = reply.events([#"{"choices":[{"index":0,"delta":{"content":"The"#, "[DONE]"])
        case .failing:
            bytes = reply.events([
                reply.delta("The", reason: nil), #"{"error":{"message":"scripted failure","type":"server_error"}}"#,
            ])
        case .page:
            bytes = reply.head("200 OK", "text/html", "<!DOCTYPE html><html><body>Welcome</body></html>")
        }
    }
}

/// Words for one answer.
private struct Reply {
    let requestID: String
    let usage: (input: Int, output: Int)
    let streams: Bool

    func whole(_ text: String, reason: String = "stop") -> [UInt8] {
        guard streams else {
            return json(#"{"role":"assistant","content":"\#(text)"}"#, reason)
        }
        return events([delta(text, reason: reason), usageChunk, "[DONE]"])
    }

    func calling(_ tool: String, _ arguments: String) -> [UInt8] {
        let quoted = arguments.replacing("\"", with: "\\\"")
        let call =
            #"{"index":0,"id":"call_1","type":"function","function":{"name":"\#(tool)","arguments":"\#(quoted)"}}"#
        let message = #"{"role":"assistant","content":null,"tool_calls":[\#(call)]}"#
        guard streams else { return json(message, "tool_calls") }
        return events([chunk(message, reason: "tool_calls"), usageChunk, "[DONE]"])
    }

    /// A stream's first event, and the promise of more.
    var beginning: [UInt8] {
        let event = "data: \(delta("The answ", reason: nil))\n\n"
        return Array(
            ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nx-request-id: \(requestID)\r\n"
                + "Content-Length: \(event.utf8.count + 500)\r\n\r\n" + event).utf8)
    }

    func delta(_ text: String, reason: String?) -> String {
        chunk(#"{"role":"assistant","content":"\#(text)"}"#, reason: reason)
    }

    func events(_ data: [String]) -> [UInt8] {
        head("200 OK", "text/event-stream", data.map { "data: \($0)\n\n" }.joined())
    }

    func limited(_ headers: [String]) -> [UInt8] {
        error(429, "Rate limit reached.", code: "rate_limit_exceeded", headers: headers)
    }

    func error(_ status: Int, _ message: String, code: String?, headers: [String] = []) -> [UInt8] {
        let code = code.map { "\"\($0)\"" } ?? "null"
        let type = status >= 500 ? "server_error" : "invalid_request_error"
        return head(
            "\(status) Scripted", "application/json",
            #"{"error":{"message":"\#(message)","type":"\#(type)","param":null,"code":\#(code)}}"#, headers)
    }

    func head(_ status: String, _ type: String, _ body: String, _ headers: [String] = []) -> [UInt8] {
        let fields = ["Content-Type: \(type)", "Content-Length: \(body.utf8.count)", "x-request-id: \(requestID)"]
        return Array("HTTP/1.1 \(status)\r\n\((fields + headers).joined(separator: "\r\n"))\r\n\r\n\(body)".utf8)
    }

    private var tokens: String { #"{"prompt_tokens":\#(usage.input),"completion_tokens":\#(usage.output)}"# }
    private var usageChunk: String { #"{"id":"c","model":"scripted","choices":[],"usage":\#(tokens)}"# }

    private func chunk(_ delta: String, reason: String?) -> String {
        let reason = reason.map { "\"\($0)\"" } ?? "null"
        return #"{"id":"c","model":"scripted","choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(reason)}]}"#
    }

    private func json(_ message: String, _ reason: String) -> [UInt8] {
        let choice = #"{"index":0,"message":\#(message),"finish_reason":"\#(reason)"}"#
        return head(
            "200 OK", "application/json", #"{"id":"c","model":"scripted","choices":[\#(choice)],"usage":\#(tokens)}"#)
    }
}
