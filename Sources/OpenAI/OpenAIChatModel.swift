package import Assistant
internal import HTTP
internal import JSON

/// A chat model behind `/chat/completions`, streamed.
package struct OpenAIChatModel: ChatModel {
    package let name: String
    private let client: OpenAIClient
    private let streams: Bool

    /// `streams`: ask for the answer piece by piece; false for servers that cannot.
    package init(client: OpenAIClient, model: String, streams: Bool = true) {
        self.client = client
        name = model
        self.streams = streams
    }

    package func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        let body = ChatJSON.body(of: request, model: name, streams: streams)
        guard streams else {
            let answer = try await client.post("/chat/completions", body)
            return try whole(answer.json, requestID: answer.requestID, onText: onText)
        }
        let stream = try await client.stream("/chat/completions", body)
        let requestID = stream.head.headers["x-request-id"]
        // Some servers answer whole whatever is asked for.
        if stream.head.headers["content-type"]?.lowercased().contains("application/json") == true {
            let bytes = try await OpenAIClient.whole(stream, client.endpoint)
            guard let json = try? JSON(parsing: bytes) else {
                throw OpenAIFailure(endpoint: client.endpoint).malformed(
                    "its answer is broken", requestID: requestID, body: bytes)
            }
            return try whole(json, requestID: requestID, onText: onText)
        }
        return try await joined(stream, requestID: requestID, onText: onText)
    }

    private func joined(
        _ stream: HTTPResponseStream, requestID: String?, onText: @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        let failure = OpenAIFailure(endpoint: client.endpoint)
        var parser = ServerSentEventParser()
        var answer = ChatStream()
        var first: [UInt8] = []
        while let piece = try await next(of: stream) {
            if first.isEmpty { first = piece }
            for event in parser.feed(piece) {
                let step: ChatStream.Step
                do throws(JSONError) {
                    step = try answer.feed(event.data)
                } catch {
                    throw failure.malformed(
                        "an event of its stream is \(error)", requestID: requestID, body: Array(event.data.utf8))
                }
                switch step {
                case .text(let text): onText(text)
                case .nothing: break
                case .failed(let error): throw failure.error(inStream: error, requestID: requestID)
                }
            }
        }
        guard let response = answer.response(model: name, requestID: requestID) else {
            throw failure.malformed("its stream ended before the answer did", requestID: requestID, body: first)
        }
        return response
    }

    private func next(of stream: HTTPResponseStream) async throws(EngineError) -> [UInt8]? {
        do throws(HTTPError) {
            return try await stream.next()
        } catch {
            throw OpenAIFailure(endpoint: client.endpoint).error(of: error)
        }
    }

    private func whole(
        _ json: JSON, requestID: String?, onText: @Sendable (String) -> Void
    ) throws(EngineError) -> ChatResponse {
        let failure = OpenAIFailure(endpoint: client.endpoint)
        guard let choice = json["choices"]?[0], let message = choice["message"] else {
            throw failure.malformed(
                "its answer has no choices", requestID: requestID, body: Array(json.description.utf8))
        }
        let text = message["content"]?.string
        let calls = (message["tool_calls"]?.array ?? []).enumerated().map {
            ChatJSON.call($0.element, index: $0.offset)
        }
        guard let reason = choice["finish_reason"]?.string else {
            throw failure.malformed("its answer has no finish_reason", requestID: requestID)
        }
        if let text, !text.isEmpty { onText(text) }
        return ChatResponse(
            text: text.flatMap { $0.isEmpty ? nil : $0 }, calls: calls, finishReason: reason,
            usage: ChatJSON.usage(json["usage"]), model: json["model"]?.string ?? name, requestID: requestID)
    }
}
