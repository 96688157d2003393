package import JSON
internal import Synchronization

/// A server on loopback that speaks the OpenAI protocol with scripted answers, and fails when it is told to.
///
/// What it is asked is recorded, see ``RequestRecording``: a test that makes up bad requests uses a plain
/// ``LoopbackServer`` instead.
package final class LoopbackOpenAI: Sendable {
    /// What goes wrong instead of an answer.
    package enum Fault: Sendable {
        /// 429 `rate_limit_exceeded`, with `retry-after-ms` where it is given.
        case rateLimited(retryAfterMilliseconds: Int? = nil)
        /// 429 `insufficient_quota`.
        case quota
        /// An error object with that status.
        case status(Int, message: String = "scripted failure")
        case hang
        case reset
        /// A stream that ends in the middle, or a body shorter than was promised.
        case truncated
        /// A body, or an event of a stream, that is no JSON.
        case brokenJSON
        /// A web page with status 200.
        case page
        case reply(LoopbackReply)
    }

    private struct State {
        var chat: [ChatAnswer] = []
        var transcripts: [ScriptedTranscript] = []
        var faults: [(path: String?, fault: Fault)] = []
        var answered = 0
    }

    private let script: Script
    private let server: LoopbackServer

    /// - Parameters:
    ///   - key: When set, a request with another key is answered with 401.
    ///   - models: What `/models` lists.
    ///   - dimensions: Of the embeddings.
    ///   - chat: Answers `/chat/completions` from the request's body when the queue is empty.
    /// - Throws: When no port can be had.
    package init(
        key: String? = nil, models: [String] = ["gpt-4.1-mini", "text-embedding-3-small", "whisper-1"],
        dimensions: Int = WordVectors.dimensions, chat: (@Sendable (_ body: JSON) -> ChatAnswer)? = nil
    ) throws {
        let script = Script(key: key, models: models, dimensions: dimensions, chat: chat)
        self.script = script
        server = try LoopbackServer { script.reply(to: $0) }
    }

    /// With `/v1`.
    package var baseURL: String { server.url + "/v1" }

    /// All requests so far.
    package var requests: [LoopbackRequest] { server.requests }

    /// The bodies of the requests to one path, such as `/chat/completions`.
    package func bodies(_ path: String) -> [JSON] {
        requests.filter { $0.path == "/v1" + path }.compactMap(\.json)
    }

    package var connectionCount: Int { server.connectionCount }
    package func waitForAbandoned(_ count: Int = 1) async -> Bool { await server.waitForAbandoned(count) }
    package func stop() { server.stop() }

    /// Puts answers into the queue of `/chat/completions`.
    package func answer(_ answers: ChatAnswer...) { script.state.withLock { $0.chat += answers } }

    /// Puts transcripts into the queue of `/audio/transcriptions`; without one it hears "Scripted transcript.".
    package func hear(_ transcripts: ScriptedTranscript...) { script.state.withLock { $0.transcripts += transcripts } }

    /// Makes the next `times` requests fail: those to `path`, or any.
    package func fail(_ fault: Fault, times: Int = 1, at path: String? = nil) {
        script.state.withLock { $0.faults += Array(repeating: (path, fault), count: times) }
    }

    /// What the server's threads share.
    private final class Script: Sendable {
        let state = Mutex(State())
        let recording = RequestRecording(service: "openai")
        let key: String?
        let models: [String]
        let dimensions: Int
        let chat: (@Sendable (JSON) -> ChatAnswer)?

        init(key: String?, models: [String], dimensions: Int, chat: (@Sendable (JSON) -> ChatAnswer)?) {
            self.key = key
            self.models = models
            self.dimensions = dimensions
            self.chat = chat
        }

        func reply(to request: LoopbackRequest) -> LoopbackReply {
            guard request.path.hasPrefix("/v1/") else {
                return LoopbackOpenAI.error(404, "no such path: \(request.path)")
            }
            let path = String(request.path.dropFirst(3))
            recording?.record(request, path: path)
            let (number, fault) = state.withLock { state in
                state.answered += 1
                let index = state.faults.firstIndex { $0.path == nil || $0.path == path }
                return (state.answered, index.map { state.faults.remove(at: $0).fault })
            }
            return
                (refusal(request) ?? fault?.reply(isStream: request.json?["stream"] == true) ?? answer(request, path))
                .withRequestID("req_\(number)")
        }

        private func refusal(_ request: LoopbackRequest) -> LoopbackReply? {
            guard let key, request.headers["authorization"] != "Bearer \(key)" else { return nil }
            return LoopbackOpenAI.error(401, "Incorrect API key provided.", code: "invalid_api_key")
        }

        private func answer(_ request: LoopbackRequest, _ path: String) -> LoopbackReply {
            switch (request.method, path) {
            case ("GET", "/models"):
                let entries: [JSON] = models.map { ["id": .string($0), "object": "model", "owned_by": "test"] }
                return .json(["object": "list", "data": .array(entries)])
            case ("POST", "/chat/completions"): return chatReply(request)
            case ("POST", "/embeddings"): return embeddings(request)
            case ("POST", "/audio/transcriptions"):
                let next = state.withLock { $0.transcripts.isEmpty ? nil : $0.transcripts.removeFirst() }
                return (next ?? ScriptedTranscript("Scripted transcript.")).reply(to: request)
            default: return LoopbackOpenAI.error(404, "no such path: \(request.method) \(path)")
            }
        }

        private func chatReply(_ request: LoopbackRequest) -> LoopbackReply {
            guard let body = request.json else { return LoopbackOpenAI.error(400, "the body is no JSON") }
            let next = state.withLock { $0.chat.isEmpty ? nil : $0.chat.removeFirst() }
            guard let answer = next ?? chat?(body) else {
                return LoopbackOpenAI.error(400, "no scripted answer is left")
            }
            return answer.reply(to: body)
        }

        private func embeddings(_ request: LoopbackRequest) -> LoopbackReply {
            let input = request.json?["input"]
            let texts = input?.string.map { [$0] } ?? input?.array?.compactMap(\.string) ?? []
            guard !texts.isEmpty, texts.count <= 2048, !texts.contains("") else {
                return LoopbackOpenAI.error(400, "the input is empty, holds an empty string or is too long")
            }
            let isBase64 = request.json?["encoding_format"] == "base64"
            let data: [JSON] = texts.enumerated().map { index, text in
                let vector = WordVectors.vector(text, dimensions: dimensions)
                return [
                    "object": "embedding", "index": .integer(index),
                    "embedding": isBase64
                        ? .string(WordVectors.base64(vector)) : .array(vector.map { .number(Double($0)) }),
                ]
            }
            let tokens = JSON.integer(texts.reduce(0) { $0 + $1.utf8.count / 4 + 1 })
            return .json([
                "object": "list", "data": .array(data), "model": request.json?["model"] ?? .null,
                "usage": ["prompt_tokens": tokens, "total_tokens": tokens],
            ])
        }
    }

    /// An error object as the protocol writes it.
    package static func error(
        _ status: Int, _ message: String, code: String? = nil, headers: [String: String] = [:]
    ) -> LoopbackReply {
        let type = status >= 500 ? "server_error" : "invalid_request_error"
        return .json(
            [
                "error": [
                    "message": .string(message), "type": .string(type), "param": nil,
                    "code": code.map(JSON.string) ?? .null,
                ]
            ], status: status, headers: headers)
    }
}

extension LoopbackOpenAI.Fault {
    fileprivate func reply(isStream: Bool) -> LoopbackReply {
        switch self {
        case .rateLimited(let wait):
            LoopbackOpenAI.error(
                429, "Rate limit reached.", code: "rate_limit_exceeded",
                headers: wait.map { ["retry-after-ms": String($0)] } ?? [:])
        case .quota: LoopbackOpenAI.error(429, "You exceeded your current quota.", code: "insufficient_quota")
        case .status(let status, let message): LoopbackOpenAI.error(status, message)
        case .hang: .hang
        case .reset: .reset
        case .truncated where isStream:
            .events([#"{"choices":[{"index":0,"delta":{"content":"The answ"}}]}"#], ending: .cut)
        case .truncated: .short(headers: ["Content-Type": "application/json"], body: Array(#"{"te"#.utf8), length: 90)
        case .brokenJSON where isStream: .events([#"{"choices":[{"index":0,"delta":{"content":"The"#, "[DONE]"])
        case .brokenJSON: .text(#"{"choices":[{"index":0"#, contentType: "application/json")
        case .page: .text("<!DOCTYPE html><html><body>Welcome</body></html>", contentType: "text/html")
        case .reply(let reply): reply
        }
    }
}

extension LoopbackReply {
    /// The same reply with an `x-request-id`, where it has a head.
    fileprivate func withRequestID(_ id: String) -> LoopbackReply {
        let field = ["x-request-id": id]
        switch self {
        case .response(let status, let headers, let body):
            return .response(status, headers: headers.merging(field) { own, _ in own }, body: body)
        case .stream(let status, let headers, let pieces, let ending):
            return .stream(status, headers: headers.merging(field) { own, _ in own }, pieces: pieces, ending: ending)
        case .after(let delay, let reply): return .after(delay, reply.withRequestID(id))
        case .short, .raw, .reset, .close, .hang: return self
        }
    }
}
