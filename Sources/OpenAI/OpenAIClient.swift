internal import Assistant
package import HTTP
internal import JSON

/// A typed client of the OpenAI HTTP API and of servers compatible with it. Unknown fields are ignored; what
/// compatible servers leave out is tolerated; what is broken is an ``EngineError``, never a shorter answer.
package struct OpenAIClient: Sendable {
    package let endpoint: OpenAIEndpoint
    private let http: HTTPClient
    private let attempts: Int
    private let onRetry: (@Sendable (_ attempt: Int, _ wait: Duration, _ reason: String) -> Void)?

    package init(
        endpoint: OpenAIEndpoint, http: HTTPClient, attempts: Int = 5,
        onRetry: (@Sendable (_ attempt: Int, _ wait: Duration, _ reason: String) -> Void)? = nil
    ) {
        self.endpoint = endpoint
        self.http = http
        self.attempts = attempts
        self.onRetry = onRetry
    }

    /// A JSON object that was answered, with the answer's `x-request-id`.
    struct Answer {
        let json: JSON
        let requestID: String?
    }

    func get(_ path: String) async throws(EngineError) -> Answer {
        try await answer(to: request("GET", path, .empty))
    }

    func post(_ path: String, _ body: JSON) async throws(EngineError) -> Answer {
        try await answer(to: request("POST", path, Self.json(body)))
    }

    func post(_ path: String, parts: [HTTPMultipartPart], attempts: Int) async throws(EngineError) -> Answer {
        var request = request("POST", path, .multipart(parts))
        request.retries.maxAttempts = min(request.retries.maxAttempts, attempts)
        return try await answer(to: request)
    }

    /// Opens a stream of events. A refusal is thrown; a server that answers whole although a stream was asked
    /// for is told by the content type.
    func stream(_ path: String, _ body: JSON) async throws(EngineError) -> HTTPResponseStream {
        var request = request("POST", path, Self.json(body))
        request.headers["Accept"] = "text/event-stream"
        let stream: HTTPResponseStream
        do throws(HTTPError) {
            stream = try await http.stream(request)
        } catch {
            throw OpenAIFailure(endpoint: endpoint).error(of: error)
        }
        guard (200..<300).contains(stream.head.status) else {
            let body = try await Self.whole(stream, endpoint)
            throw OpenAIFailure(endpoint: endpoint).error(of: HTTPResponse(head: stream.head, body: body))
        }
        return stream
    }

    /// The rest of a stream's body.
    static func whole(_ stream: HTTPResponseStream, _ endpoint: OpenAIEndpoint) async throws(EngineError) -> [UInt8] {
        var body: [UInt8] = []
        do throws(HTTPError) {
            while let piece = try await stream.next() {
                body += piece
                if body.count > 16 << 20 { break }
            }
        } catch {
            throw OpenAIFailure(endpoint: endpoint).error(of: error)
        }
        return body
    }

    private static func json(_ body: JSON) -> HTTPBody {
        .bytes(Array(body.description.utf8), contentType: "application/json")
    }

    private func request(_ method: String, _ path: String, _ body: HTTPBody) -> HTTPRequest {
        var headers: HTTPHeaders = ["Accept": "application/json"]
        if let key = endpoint.key { headers["Authorization"] = "Bearer \(key)" }
        if let organization = endpoint.organization { headers["OpenAI-Organization"] = organization }
        if let project = endpoint.project { headers["OpenAI-Project"] = project }
        let retries = HTTPRetryPolicy(
            maxAttempts: attempts, shouldRetry: { OpenAIFailure.isWorthAnotherTry($0) }, onRetry: onRetry)
        return HTTPRequest(
            method: method, url: endpoint.baseURL + path, headers: headers, body: body,
            deadlines: HTTPDeadlines(connect: .seconds(10), idle: .seconds(300), total: .seconds(1800)),
            retries: retries)
    }

    private func answer(to request: HTTPRequest) async throws(EngineError) -> Answer {
        let response: HTTPResponse
        do throws(HTTPError) {
            response = try await http.send(request)
        } catch {
            throw OpenAIFailure(endpoint: endpoint).error(of: error)
        }
        let failure = OpenAIFailure(endpoint: endpoint)
        guard (200..<300).contains(response.head.status) else { throw failure.error(of: response) }
        let requestID = response.head.headers["x-request-id"]
        do throws(JSONError) {
            let json = try JSON(parsing: response.body)
            guard json.object != nil else { throw JSONError(reason: "not an object", offset: 0) }
            return Answer(json: json, requestID: requestID)
        } catch {
            throw failure.malformed("its answer is \(error)", requestID: requestID, body: response.body)
        }
    }
}
