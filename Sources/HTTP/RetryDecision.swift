internal import CCurl

/// What follows an attempt.
package enum RetryDecision: Sendable, Hashable {
    /// The attempt's answer or error stands.
    case stop
    case wait(Duration, reason: String)
    /// The server asks for more than the policy's ``HTTPRetryPolicy/longestServerDelay``.
    case waitTooLong(Duration)
}

extension HTTPRetryPolicy {
    /// Decides after one attempt; pure, so that every case is a row of a table.
    ///
    /// - Parameters:
    ///   - result: What the attempt came to.
    ///   - attempt: How many attempts there were, this one included.
    ///   - now: Seconds since 1970, for a `Retry-After` that is a date.
    ///   - jitter: A random number from 0 to 1.
    ///   - lost: How many attempts lost their answer, this one included.
    /// - Returns: Whether to stop, or how long to wait before the next attempt.
    package func decide(
        after result: Result<HTTPResponse, HTTPError>, attempt: Int, now: Double, jitter: Double, lost: Int = 0
    ) -> RetryDecision {
        guard attempt < maxAttempts else { return .stop }
        if let mostLost, lost > mostLost, isLost(result) { return .stop }
        switch result {
        case .failure(let error):
            return error.isTransient ? .wait(backoff(attempt: attempt, jitter: jitter), reason: error.message) : .stop
        case .success(let response):
            guard isRetried(response) else { return .stop }
            let reason = "The server answered with status \(response.head.status)."
            guard let asked = Self.serverDelay(response.head.headers, now: now) ?? bodyDelay(response) else {
                return .wait(backoff(attempt: attempt, jitter: jitter), reason: reason)
            }
            return asked > longestServerDelay ? .waitTooLong(asked) : .wait(asked, reason: reason)
        }
    }

    /// Whether an attempt was sent and nobody knows what became of it.
    package func isLost(_ result: Result<HTTPResponse, HTTPError>) -> Bool {
        switch result {
        case .failure(let error): error.wasSent && error.isTransient
        case .success(let response): isLost(response)
        }
    }

    /// Only error answers are ever tried again; a 413 stays too large however often it is sent.
    private func isRetried(_ response: HTTPResponse) -> Bool {
        guard response.head.status >= 400, response.head.status != 413 else { return false }
        switch response.head.headers["x-should-retry"]?.lowercased() {
        case "true": return true
        case "false": return false
        default: return shouldRetry(response)
        }
    }

    private func backoff(attempt: Int, jitter: Double) -> Duration {
        // Doubling stops mattering long before 2^30.
        let ceiling = min(maxDelay, baseDelay * (1 << min(attempt - 1, 30)))
        return ceiling * jitter
    }

    /// How long the server asks to wait; nil when it does not say, or says nothing that lies ahead.
    package static func serverDelay(_ headers: HTTPHeaders, now: Double) -> Duration? {
        if let seconds = headers["retry-after-ms"].flatMap(decimal).map({ $0 / 1000 }), seconds > 0 {
            return duration(seconds)
        }
        guard let text = headers["retry-after"] else { return nil }
        let seconds = decimal(text) ?? date(text).map { $0 - now }
        return seconds.flatMap { $0 > 0 ? duration($0) : nil }
    }

    /// Digits with an optional fraction: `Double` alone would also take `nan` and `0x10`.
    private static func decimal(_ text: String) -> Double? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") } ? Double(text) : nil
    }

    private static func date(_ text: String) -> Double? {
        let time = unsafe text.withCString { unsafe curl_getdate($0, nil) }
        return time == -1 ? nil : Double(time)
    }

    private static func duration(_ seconds: Double) -> Duration {
        // Beyond a century the exact figure does not matter, and would overflow.
        .seconds(min(seconds, 4e9))
    }
}

extension HTTPError {
    /// Whether the same request may well succeed a moment later.
    var isTransient: Bool {
        switch code {
        case .resolve, .connect, .connectTimedOut, .idleTimedOut, .totalTimedOut, .truncated: true
        case .invalidURL, .tls, .responseTooLarge, .redirectRefused, .waitTooLong, .localFile, .protocolViolation,
            .cancelled:
            false
        }
    }
}
