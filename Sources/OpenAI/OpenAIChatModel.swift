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

    /// The very bytes that ``respond(to:onText:)`` sends for a request.
    package func payload(of request: ChatRequest) -> String {
        ChatRequestJSON.body(of: request, model: name, streams: streams).description
    }

    package func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        let body = ChatRequestJSON.body(of: request, model: name, streams: streams)
        guard streams else {
            let answer = try await client.post("/chat/completions", body, atMost: OpenAIClient.mostChatBytes)
            return try whole(answer.json, requestID: answer.requestID, onText: onText)
        }
        return try await read(try await client.stream("/chat/completions", body), onText: onText)
    }

    private func read(
        _ stream: OpenAIEventStream, onText: @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        var answer = ChatStream()
        while !answer.isDone, let piece = try await stream.next() {
            switch piece {
            // Some servers answer whole whatever is asked for.
            case .whole(let json): return try whole(json, requestID: stream.requestID, onText: onText)
            case .event(let event):
                switch try step(event, of: &answer, requestID: stream.requestID) {
                case .text(let text): onText(text)
                case .nothing: break
                case .failed(let error): throw client.failure.brokenOff(error, requestID: stream.requestID)
                }
            }
        }
        guard let response = answer.response(model: name, requestID: stream.requestID) else {
            throw client.failure.malformed(
                "its stream ended before the answer did", requestID: stream.requestID, body: stream.beginning)
        }
        await stream.drain()
        return response
    }

    private func step(
        _ event: ServerSentEvent, of answer: inout ChatStream, requestID: String?
    ) throws(EngineError) -> ChatStream.Step {
        do throws(JSONError) {
            return try answer.feed(event)
        } catch {
            throw client.failure.malformed(
                "an event of its stream is broken (\(error.reason))", requestID: requestID,
                body: Array(event.data.utf8.prefix(400)))
        }
    }

    private func whole(
        _ json: JSON, requestID: String?, onText: @Sendable (String) -> Void
    ) throws(EngineError) -> ChatResponse {
        do throws(JSONError) {
            let response = try ChatAnswerJSON.response(json, model: name, requestID: requestID)
            if let text = response.text { onText(text) }
            return response
        } catch {
            throw client.failure.malformed(
                "its answer is not a chat completion: \(error.reason)", requestID: requestID,
                body: Array(json.description.utf8.prefix(400)))
        }
    }
}
