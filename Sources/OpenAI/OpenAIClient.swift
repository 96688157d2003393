internal import Assistant
package import HTTP
internal import JSON

/// A typed client of the OpenAI HTTP API and of servers compatible with it. Unknown fields are ignored; what
/// compatible servers leave out is tolerated; what is broken is an ``EngineError``, never a shorter answer.
package struct OpenAIClient: Sendable {
    package typealias RetryNotice = @Sendable (_ attempt: Int, _ wait: Duration, _ reason: String) -> Void

    /// Models may think for minutes before the first byte of an answer.
    package static let usualDeadlines = HTTPDeadlines(connect: .seconds(10), idle: .seconds(300), total: .seconds(1800))

    /// No chat answer is so long, whole or joined.
    static let mostChatBytes = 16 << 20

    package let endpoint: OpenAIEndpoint
    let http: HTTPClient
    private let attempts: Int
    private let deadlines: HTTPDeadlines
    private let firstWait: Duration
    private let longestServerWait: Duration
    private let onRetry: RetryNotice?
    private let onLimits: (@Sendable (RateLimits) -> Void)?

    /// - Parameters:
    ///   - endpoint: The server and its key.
    ///   - http: Sends the requests.
    ///   - attempts: How often a request is sent at most.
    ///   - deadlines: Of one attempt. The idle time of a transcription is three times as long, for a server may
    ///     hear a recording to its end before it says a word.
    ///   - firstWait: The most that is waited before the second attempt, when the server does not say; it doubles
    ///     with each further one.
    ///   - longestServerWait: A server that asks to wait longer is not asked again.
    ///   - onRetry: Told of each wait.
    ///   - onLimits: Told what the server says of its limits with each answer.
    package init(
        endpoint: OpenAIEndpoint, http: HTTPClient, attempts: Int = 5, deadlines: HTTPDeadlines = usualDeadlines,
        firstWait: Duration = .milliseconds(500), longestServerWait: Duration = .seconds(120),
        onRetry: RetryNotice? = nil, onLimits: (@Sendable (RateLimits) -> Void)? = nil
    ) {
        self.endpoint = endpoint
        self.http = http
        self.attempts = attempts
        self.deadlines = deadlines
        self.firstWait = firstWait
        self.longestServerWait = longestServerWait
        self.onRetry = onRetry
        self.onLimits = onLimits
    }

    var failure: OpenAIFailure { OpenAIFailure(endpoint: endpoint) }

    /// A JSON object that was answered, with the answer's `x-request-id`.
    struct Answer {
        let json: JSON
        let requestID: String?
    }

    func get(_ path: String) async throws(EngineError) -> Answer {
        try await answer(to: request("GET", path, .empty))
    }

    /// `most`: bytes of an answer.
    func post(_ path: String, _ body: JSON, atMost most: Int? = nil) async throws(EngineError) -> Answer {
        var request = request("POST", path, Self.json(body))
        if let most { request.maxResponseBytes = most }
        return try await answer(to: request)
    }

    /// Sends a form with a recording.
    func post(_ path: String, recording parts: [HTTPMultipartPart]) async throws(EngineError) -> Answer {
        var request = request("POST", path, .multipart(parts))
        request.deadlines.idle = request.deadlines.idle.map { $0 * 3 }
        // Some servers answer a recording that they cannot decode with a bare 500.
        request.retries.shouldRetry = { response in
            OpenAIFailure.isWorthAnotherTry(response)
                && (response.head.status != 500 || response.head.attempts < 2 || ServerWords(response.body).isError)
        }
        return try await answer(to: request)
    }

    /// Opens a stream of events. A refusal is thrown.
    func stream(_ path: String, _ json: JSON) async throws(EngineError) -> OpenAIEventStream {
        var request = request("POST", path, Self.json(json))
        request.headers["Accept"] = "text/event-stream"
        let head: HTTPResponseHead
        var body: [UInt8] = []
        do throws(HTTPError) {
            let stream = try await http.stream(request)
            if (200..<300).contains(stream.head.status) { return OpenAIEventStream(stream, failure: failure) }
            head = stream.head
            while let piece = try await stream.next() { body += piece }
        } catch {
            throw failure.error(of: error)
        }
        throw failure.error(of: HTTPResponse(head: head, body: body))
    }

    static func json(_ body: JSON) -> HTTPBody {
        .bytes(Array(body.description.utf8), contentType: "application/json")
    }

    /// `once`: not sent a second time, because what an answer that was lost has done would be done twice.
    func request(_ method: String, _ path: String, _ body: HTTPBody, once: Bool = false) -> HTTPRequest {
        var headers: HTTPHeaders = ["Accept": "application/json"]
        if let key = endpoint.key, !key.isEmpty { headers["Authorization"] = "Bearer \(key)" }
        if let organization = endpoint.organization { headers["OpenAI-Organization"] = organization }
        if let project = endpoint.project { headers["OpenAI-Project"] = project }
        let retries = HTTPRetryPolicy(
            maxAttempts: once ? 1 : attempts, baseDelay: firstWait, longestServerDelay: longestServerWait,
            shouldRetry: { OpenAIFailure.isWorthAnotherTry($0) }, onRetry: onRetry)
        return HTTPRequest(
            method: method, url: endpoint.baseURL + path, headers: headers, body: body, deadlines: deadlines,
            retries: retries, unixSocket: endpoint.unixSocket)
    }

    private func answer(to request: HTTPRequest) async throws(EngineError) -> Answer {
        let response: HTTPResponse
        do throws(HTTPError) {
            response = try await http.send(request)
        } catch {
            throw failure.error(of: error)
        }
        if let onLimits, let limits = RateLimits(response.head.headers) { onLimits(limits) }
        guard (200..<300).contains(response.head.status) else { throw failure.error(of: response) }
        let requestID = response.head.headers[OpenAIFailure.requestIDField]
        return Answer(json: try failure.object(response.body, requestID: requestID), requestID: requestID)
    }
}
