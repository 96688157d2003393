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
    package func payload(of request: ChatRequest) -> String { body(of: request).description }

    private func body(of request: ChatRequest) -> JSON {
        ChatRequestJSON.body(of: request, model: name, streams: streams, endpoint: client.endpoint.identity)
    }

    package func respond(
        to request: ChatRequest, onText: @escaping @Sendable (String) -> Void
    ) async throws(EngineError) -> ChatResponse {
        var request = request
        var tries = AnswerTries(client: client)
        var adaptions = 0
        while true {
            var reading = Reading(onText: onText)
            do throws(EngineError) {
                var response = try await ask(request, &reading)
                response.lostAnswers += tries.lost
                return response
            } catch {
                let endpoint = client.endpoint.identity
                if let other = GivenMembers.adapted(request, after: error, endpoint: endpoint), adaptions < 2 {
                    request = other
                    adaptions += 1
                } else {
                    try await tries.wait(after: error, hasSpoken: reading.hasSpoken)
                }
            }
        }
    }

    /// What has come of one answer.
    private struct Reading {
        let onText: @Sendable (String) -> Void
        var hasSpoken = false

        mutating func take(_ step: ChatStream.Step) -> JSON? {
            switch step {
            case .text(let text):
                hasSpoken = true
                onText(text)
                return nil
            case .nothing: return nil
            case .failed(let error): return error
            }
        }
    }

    private func ask(_ request: ChatRequest, _ reading: inout Reading) async throws(EngineError) -> ChatResponse {
        guard streams else {
            let answer = try await client.post(
                "/chat/completions", body(of: request), atMost: OpenAIClient.mostChatBytes)
            return try whole(answer.json, requestID: answer.requestID, lost: answer.lostAnswers, &reading)
        }
        let stream = try await client.stream("/chat/completions", body(of: request))
        return try await read(stream, &reading)
    }

    private func read(
        _ stream: OpenAIEventStream, _ reading: inout Reading
    ) async throws(EngineError) -> ChatResponse {
        var answer = ChatStream()
        while !answer.isDone, let piece = try await stream.next() {
            switch piece {
            // Some servers answer whole whatever is asked for.
            case .whole(let json):
                return try whole(json, requestID: stream.requestID, lost: stream.lostAnswers, &reading)
            case .event(let event):
                let step = try step(event, of: &answer, requestID: stream.requestID)
                if let error = reading.take(step) { throw brokenOff(error, answer, stream) }
            }
        }
        _ = reading.take(answer.rest())
        let whole = answer.response(model: name, requestID: stream.requestID, endpoint: client.endpoint.identity)
        guard var response = whole else {
            throw client.failure.malformed(
                "its stream ended before the answer did", requestID: stream.requestID, body: stream.beginning)
        }
        response = try client.checked(response)
        response.lostAnswers = stream.lostAnswers
        await stream.drain()
        return response
    }

    private func brokenOff(_ object: JSON, _ answer: ChatStream, _ stream: OpenAIEventStream) -> EngineError {
        var error = client.failure.brokenOff(object, requestID: stream.requestID)
        error.lostAnswers = stream.lostAnswers
        error.mayHaveCost = error.mayHaveCost || answer.hasBegun || stream.lostAnswers > 0
        return error
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
        _ json: JSON, requestID: String?, lost: Int, _ reading: inout Reading
    ) throws(EngineError) -> ChatResponse {
        var response = try client.whole(
            json, model: name, requestID: requestID, else: "its answer is not a chat completion")
        response.lostAnswers = lost
        if let text = response.text { _ = reading.take(.text(text)) }
        return response
    }
}

extension OpenAIClient {
    /// An answer that came in one piece, however it came.
    func whole(
        _ json: JSON, model: String, requestID: String?, else what: String
    ) throws(EngineError) -> ChatResponse {
        if let choice = json["choices"]?[0], let error = choice["error"], ChatAnswerJSON.isError(error) {
            var broken = failure.brokenOff(choice, requestID: requestID)
            broken.mayHaveCost = true
            throw broken
        }
        let response: ChatResponse
        do throws(JSONError) {
            response = try ChatAnswerJSON.response(
                json, model: model, requestID: requestID, endpoint: endpoint.identity)
        } catch {
            throw failure.malformed(
                "\(what): \(error.reason)", requestID: requestID, body: Array(json.description.utf8.prefix(400)))
        }
        return try checked(response)
    }

    /// The answer, when it ended as an answer does.
    func checked(_ response: ChatResponse) throws(EngineError) -> ChatResponse {
        let ending = response.ending
        guard ending == .broken || ending == .unknown else { return response }
        throw failure.ended(with: response.finishReason, ending, requestID: response.requestID)
    }
}
