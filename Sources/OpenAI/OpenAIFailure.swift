internal import Assistant
internal import HTTP
internal import JSON

/// Words what an endpoint refused or broke: one sentence with the host and what to do next.
struct OpenAIFailure {
    let endpoint: OpenAIEndpoint

    /// Waiting does not bring money back.
    private static let quotaCodes: Set<String> = [
        "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
        "project_spend_limit_exceeded", "organization_usage_limit_exceeded",
    ]

    /// 408, 409, 5xx, and the 429s that pass by waiting. A 413 is final whatever its type says.
    static func isWorthAnotherTry(_ response: HTTPResponse) -> Bool {
        let status = response.head.status
        guard HTTPRetryPolicy.isTransient(status), status != 501 else { return false }
        return status != 429 || !quotaCodes.contains(Said(response.body).code ?? "")
    }

    func error(of error: HTTPError) -> EngineError {
        let kind: EngineError.Kind =
            switch error.code {
            case .connectTimedOut, .idleTimedOut, .totalTimedOut: .timedOut
            case .cancelled: .cancelled
            case .waitTooLong: .rateLimited
            case .invalidURL, .redirectRefused: .configuration
            case .truncated: .malformed
            case .responseTooLarge, .protocolViolation: .malformed
            case .localFile: .refused
            case .resolve, .connect, .tls: .unavailable
            }
        let next = kind == .unavailable ? " Check the URL and that the server runs." : ""
        return EngineError(kind, error.message + next, causes: ["after \(error.attempts) attempts"])
    }

    func error(of response: HTTPResponse) -> EngineError {
        let status = response.head.status
        let said = Said(response.body)
        let requestID = response.head.headers["x-request-id"]
        let (kind, advice) = Self.meaning(of: status, said)
        let words = said.message.map { ": \($0)" } ?? ""
        let sentence = "\(endpoint.host) answered \(status)\(words)"
        return EngineError(
            kind, sentence + (sentence.hasSuffix(".") ? " " : "; ") + advice, requestID: requestID,
            causes: [said.code.map { "code \($0)" }, said.type.map { "type \($0)" }].compactMap(\.self))
    }

    func malformed(_ what: String, requestID: String?, body: [UInt8] = []) -> EngineError {
        let start = Said.clean(String(decoding: body.prefix(200), as: UTF8.self))
        let looksLikePage = start.lowercased().contains("<html") || start.lowercased().contains("<!doctype")
        let hint = looksLikePage ? " It sent a web page: check that the URL ends in /v1." : " Try again."
        return EngineError(
            .malformed, "\(endpoint.host) does not speak the protocol: \(what).\(hint)", requestID: requestID,
            causes: start.isEmpty ? [] : ["it began: \(start)"])
    }

    /// An error object in the middle of a stream.
    func error(inStream object: JSON, requestID: String?) -> EngineError {
        let said = Said(object)
        let quota = Self.quotaCodes.contains(said.code ?? "")
        let kind: EngineError.Kind = quota ? .quota : said.code == "rate_limit_exceeded" ? .rateLimited : .unavailable
        return EngineError(
            kind, "\(endpoint.host) broke off its answer: \(said.message ?? "no reason given"); try again.",
            requestID: requestID)
    }

    private static func meaning(of status: Int, _ said: Said) -> (EngineError.Kind, String) {
        switch status {
        case 401: (.configuration, "check the key (OPENAI_API_KEY).")
        case 403: (.configuration, "the key may not do this; check its permissions.")
        case 404: (.configuration, "check the URL and the model's name (`vocero config`).")
        case 413: (.refused, "the input is too large for this endpoint.")
        case 429 where quotaCodes.contains(said.code ?? ""):
            (.quota, "add credit or raise the limit; waiting does not help.")
        case 429: (.rateLimited, "wait a while and try again.")
        case 408, 409, 500...: (.unavailable, "try again later.")
        case 300..<400: (.configuration, "it redirects; set the URL it points to.")
        default: (.refused, "change the request or the model.")
        }
    }

    /// What an error's body says, in OpenAI's form or in that of a compatible server.
    struct Said {
        let message: String?
        let code: String?
        let type: String?

        init(_ body: [UInt8]) {
            guard let json = try? JSON(parsing: body) else {
                self.init(JSON.null)
                return
            }
            self.init(json)
        }

        init(_ json: JSON) {
            let error = json["error"] ?? json
            let text = error.string ?? error["message"]?.string ?? json["detail"]?.string ?? json["message"]?.string
            message = text.map(Self.clean)
            code = error["code"]?.string
            type = error["type"]?.string
        }

        /// One line, shortened, without control characters, keys cut out.
        static func clean(_ text: String) -> String {
            let words = text.split {
                $0.isWhitespace || $0.isNewline || $0.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
            }
            let safe = words.map { $0.hasPrefix("sk-") || $0.hasPrefix("Bearer") ? "…" : String($0) }
            let line = safe.joined(separator: " ")
            return line.count > 300 ? line.prefix(300) + "…" : line
        }
    }
}
