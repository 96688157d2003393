internal import Assistant
internal import FoundationEssentials
internal import HTTP
internal import JSON

/// Words what an endpoint refused or broke: one sentence with the host, what it said and what to do next.
struct OpenAIFailure: Sendable {
    static let requestIDField = "x-request-id"

    let endpoint: OpenAIEndpoint

    /// Waiting does not bring money back.
    private static let quotaCodes: Set<String> = [
        "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
        "project_spend_limit_exceeded", "organization_usage_limit_exceeded", "billing_hard_limit_reached",
    ]

    static func isQuota(code: String) -> Bool { quotaCodes.contains(code) }

    /// 408, 409, 5xx, and the 429s that pass by waiting. A 413 is final whatever its type says.
    static func isWorthAnotherTry(_ response: HTTPResponse) -> Bool {
        let status = response.head.status
        guard HTTPRetryPolicy.isTransient(status), status != 501 else { return false }
        return status != 429 || !isQuota(ServerWords(response.body))
    }

    /// A gateway that has waited in vain for whom it asked: what that one does, it does.
    static func isLost(_ response: HTTPResponse) -> Bool { [504, 524].contains(response.head.status) }

    /// How long to wait, where no `Retry-After` says so: until the limits are whole again, or as the message has it.
    static func delay(_ response: HTTPResponse) -> Duration? {
        guard [429, 503, 529].contains(response.head.status) else { return nil }
        return RateLimits(response.head.headers)?.wait ?? SaidWait.wait(in: response.body)
    }

    private static func isQuota(_ words: ServerWords) -> Bool {
        [words.code, words.type].contains { $0.map(quotaCodes.contains) ?? false }
    }

    // MARK: Transfers

    /// An exchange that gave no answer.
    func error(of error: HTTPError) -> EngineError {
        let (kind, advice): (EngineError.Kind, String?) =
            switch error.code {
            case .connectTimedOut: (.timedOut, "check the URL and the network")
            case .idleTimedOut, .totalTimedOut: (.timedOut, "try again later")
            case .cancelled: (.cancelled, nil)
            case .waitTooLong: (.rateLimited, nil)
            case .invalidURL, .redirectRefused: (.configuration, "check the URL (`vocero config`)")
            case .truncated: (.unavailable, "try again")
            case .responseTooLarge, .protocolViolation:
                (.malformed, "check that the URL is that of a server with the OpenAI protocol")
            case .localFile: (.refused, nil)
            case .tls: (.unavailable, "check the URL and the system's certificates")
            case .resolve, .connect: (.unavailable, nil)
            }
        var failure = EngineError(
            kind, advice.map { Self.sentence(error.message, $0) } ?? error.message, retryAfter: error.retryAfter,
            causes: error.attempts > 1 ? ["tried \(error.attempts) times"] : [])
        failure.wasNotReached = [.connect, .resolve, .connectTimedOut].contains(error.code) && error.lost == 0
        failure.lostAnswers = error.lost
        // What was not sent has cost nothing, whatever has happened to it.
        failure.mayHaveCost = error.lost > 0 || (error.wasSent && (failure.mayHaveCost || error.code == .truncated))
        return failure
    }

    /// A stream that broke off: whatever came of it is no answer.
    func brokenStream(_ error: HTTPError, requestID: String?) -> EngineError {
        var failure = self.error(of: error)
        if error.code == .truncated { failure.kind = .malformed }
        failure.requestID = requestID
        return failure
    }

    // MARK: Refusals

    func error(of response: HTTPResponse) -> EngineError {
        let words = ServerWords(response.body, key: endpoint.key)
        let status = response.head.status
        var error = refusal(
            words, status: status, "\(endpoint.host) answered \(status)",
            requestID: response.head.headers[Self.requestIDField])
        let headers = response.head.headers
        error.lostAnswers = response.head.lost
        // A gateway does not know what became of what it has passed on.
        if Self.isLost(response) || status == 502 || error.lostAnswers > 0 { error.mayHaveCost = true }
        error.retryAfter =
            HTTPRetryPolicy.serverDelay(headers, now: Date.now.timeIntervalSince1970) ?? Self.delay(response)
        return error
    }

    /// An error object where an answer should be: after 200, or in the middle of a stream.
    func brokenOff(_ object: JSON, requestID: String?) -> EngineError {
        let words = ServerWords(object, key: endpoint.key)
        let status =
            switch (words.code ?? words.type ?? "").lowercased() {
            case _ where Self.isQuota(words): 429
            case "rate_limit_exceeded", "slow_down", "rate_limit_error", "resource_exhausted", "too_many_requests": 429
            case "invalid_request_error", "context_length_exceeded", "content_filter": 400
            default: words.status.flatMap { (400..<600).contains($0) ? $0 : nil } ?? 500
            }
        var error = refusal(words, status: status, "\(endpoint.host) broke off its answer", requestID: requestID)
        if status == 429 { error.retryAfter = SaidWait.wait(in: object) }
        error.isOfAnswer = true
        return error
    }

    /// An answer whose last word is that it is none, or one that nobody knows.
    func ended(with word: String, _ ending: AnswerEnding, requestID: String?) -> EngineError {
        let word = ServerWords.clean(word, key: endpoint.key)
        var error =
            ending == .broken
            ? EngineError(
                .unavailable, "\(endpoint.host) broke off its answer (\(word)); try again later.", requestID: requestID)
            : EngineError(
                .malformed,
                "\(endpoint.host) ended its answer with \"\(word)\", which is no ending that is known; try again, or choose another model.",
                requestID: requestID)
        error.mayHaveCost = true
        error.isOfAnswer = true
        return error
    }

    private func refusal(_ words: ServerWords, status: Int, _ what: String, requestID: String?) -> EngineError {
        let (kind, advice) = Self.meaning(of: status, words)
        let said = words.message.map { what + ": " + $0 } ?? what
        return EngineError(
            kind, Self.sentence(said, advice), requestID: requestID,
            causes: [words.code.map { "code \($0)" }, words.type.map { "type \($0)" }].compactMap(\.self))
    }

    private static func meaning(of status: Int, _ words: ServerWords) -> (EngineError.Kind, String) {
        switch status {
        case 401: (.configuration, "check OPENAI_API_KEY, or the key of this endpoint (`vocero config`)")
        case 403: (.configuration, "check OPENAI_API_KEY and what the key may do")
        case 404: (.configuration, "check the URL and the model's name (`vocero config`)")
        case 413: (.refused, "the input is too large for this endpoint, send less")
        case 400 where isQuota(words): (.quota, "add credit or raise the limit; waiting does not help")
        case 402: (.quota, "add credit; waiting does not help")
        case 429 where isQuota(words): (.quota, "add credit or raise the limit; waiting does not help")
        case 429: (.rateLimited, "wait a while and try again")
        case 408, 409, 500...: (.unavailable, "try again later")
        case 300..<400: (.configuration, "it redirects, so set the URL that it points to")
        default: (.refused, "change the request or the model")
        }
    }

    // MARK: Broken answers

    /// The object of an answer that says it went well.
    func object(_ body: [UInt8], requestID: String?) throws(EngineError) -> JSON {
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: body, halves: .replaced)
        } catch {
            throw malformed("its answer is \(error)", requestID: requestID, body: body)
        }
        guard json.object != nil else {
            throw malformed("its answer is of type \(json.typeName)", requestID: requestID, body: body)
        }
        if let error = json["error"], ChatAnswerJSON.isError(error) { throw brokenOff(json, requestID: requestID) }
        return json
    }

    func malformed(_ what: String, requestID: String?, body: [UInt8] = []) -> EngineError {
        let text = String(decoding: body.prefix(400), as: UTF8.self)
        let start = ServerWords.clean(String(text.prefix(200)), key: endpoint.key)
        guard !ServerWords.isPage(text) else {
            return EngineError(
                .malformed, "\(endpoint.host) answered with a web page; check that the URL ends in /v1.",
                requestID: requestID, causes: [what, "it began: \(start)"])
        }
        let message = Self.sentence("\(endpoint.host) broke the protocol: \(what)", "try again, or check the URL")
        return EngineError(
            .malformed, message, requestID: requestID, causes: start.isEmpty ? [] : ["it began: \(start)"])
    }

    /// `what; advice.`
    private static func sentence(_ what: String, _ advice: String) -> String {
        (what.hasSuffix(".") ? String(what.dropLast()) : what) + "; " + advice + "."
    }
}
