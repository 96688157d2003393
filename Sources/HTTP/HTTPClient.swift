internal import Glibc

/// Sends requests through libcurl's multi interface on one event thread, started with the first request.
/// Connections are reused; HTTP/2 is used where TLS offers it; TLS is always verified; proxy variables are
/// honoured, but never for this machine itself.
package final class HTTPClient: Sendable {
    private let userAgent: String
    private let certificateBundle: String?
    private let loop = TransferLoop()

    /// - Parameters:
    ///   - userAgent: How requests introduce themselves.
    ///   - certificateBundle: A file of trusted certificates (PEM) in place of the system's.
    package init(userAgent: String, certificateBundle: String? = nil) {
        self.userAgent = userAgent
        self.certificateBundle = certificateBundle
    }

    /// Sends a request and gives the whole answer. Cancelling the task stops the transfer.
    package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        switch try await answer(to: request, isStreamed: false) {
        case .whole(let response): return response
        case .open(let head, let reader): return HTTPResponse(head: head, body: try await reader.body())
        }
    }

    /// Sends a request and gives the answer as it comes. Retries end once the head of an accepted answer is
    /// there. Letting go of the stream stops the transfer.
    package func stream(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponseStream {
        switch try await answer(to: request, isStreamed: true) {
        case .whole(let response):
            return HTTPResponseStream(head: response.head, reader: TransferReader(replaying: response))
        case .open(let head, let reader):
            return HTTPResponseStream(head: head, reader: reader)
        }
    }

    private enum Answer: Sendable {
        case whole(HTTPResponse)
        /// A success whose body is still to come.
        case open(HTTPResponseHead, TransferReader)
    }

    /// Attempts and waits, until an answer or an error stands.
    private func answer(to request: HTTPRequest, isStreamed: Bool) async throws(HTTPError) -> Answer {
        try request.validate()
        let address = try HTTPAddress(parsing: request.url)
        var (attempt, lost) = (1, 0)
        while true {
            var result: Result<HTTPResponse, HTTPError>
            do throws(HTTPError) {
                switch try await attemptOnce(request, at: address, attempt, isStreamed: isStreamed) {
                case .open(var head, let reader):
                    head.lost = lost
                    return .open(head, reader)
                case .whole(let response): result = .success(response)
                }
            } catch {
                result = .failure(error)
            }
            if request.retries.isLost(result) { lost += 1 }
            result = result.telling(attempts: attempt, lost: lost)
            guard try await waits(after: result, of: request, at: address, attempt, lost) else {
                return .whole(try result.get())
            }
            attempt += 1
        }
    }

    /// Sends the request and follows its redirects.
    private func attemptOnce(
        _ request: HTTPRequest, at address: HTTPAddress, _ attempt: Int, isStreamed: Bool
    ) async throws(HTTPError) -> Answer {
        var (request, address) = (request, address)
        for _ in 0...HTTPRequest.maxRedirects {
            let answer = try await transfer(request, at: address, attempt, isStreamed: isStreamed)
            guard case .whole(let response) = answer,
                case .follow(let next, let target) = try request.redirected(by: response.head, from: address)
            else { return answer }
            (request, address) = (next, target)
        }
        throw HTTPError(
            .redirectRefused,
            "\(address.name) redirects more than \(HTTPRequest.maxRedirects) times; its address is likely wrong.")
    }

    /// Sends the request once. What may be a redirect or be tried again is read to its end.
    private func transfer(
        _ request: HTTPRequest, at address: HTTPAddress, _ attempt: Int, isStreamed: Bool
    ) async throws(HTTPError) -> Answer {
        if Task.isCancelled { throw HTTPError(.cancelled, "The request to \(address.name) was cancelled.") }
        let plan = TransferPlan(
            request: request, address: address, userAgent: userAgent, certificateBundle: certificateBundle,
            attempt: attempt, exchange: Exchange(isStreamed: isStreamed))
        let reader = try TransferReader(starting: plan, on: loop)
        guard isStreamed else {
            let body = try await reader.body()
            return .whole(HTTPResponse(head: try await reader.head(), body: body))
        }
        let head = try await reader.head()
        if (200..<300).contains(head.status) { return .open(head, reader) }
        var body: [UInt8] = []
        while let piece = try await reader.next() { body += piece }
        return .whole(HTTPResponse(head: head, body: body))
    }

    /// Waits as the policy says; false when there is no further attempt.
    private func waits(
        after result: Result<HTTPResponse, HTTPError>, of request: HTTPRequest, at address: HTTPAddress, _ attempt: Int,
        _ lost: Int
    ) async throws(HTTPError) -> Bool {
        let now = Double(time(nil))
        let decision = request.retries.decide(
            after: result, attempt: attempt, now: now, jitter: Double.random(in: 0...1), lost: lost)
        switch decision {
        case .stop: return false
        case .waitTooLong(let asked):
            throw HTTPError(
                .waitTooLong,
                "\(address.name) asks to wait \(asked.inSeconds), more than the \(request.retries.longestServerDelay.inSeconds) "
                    + "allowed; try again later.",
                retryAfter: asked, status: try? result.get().head.status, attempts: attempt)
        case .wait(let pause, let reason):
            request.retries.onRetry?(attempt, pause, reason)
            do {
                try await Task.sleep(for: pause)
            } catch {
                throw HTTPError(
                    .cancelled, "The request to \(address.name) was cancelled during the wait for its next attempt.",
                    attempts: attempt)
            }
            return true
        }
    }
}

extension Result<HTTPResponse, HTTPError> {
    /// What an attempt came to, with what became of those before.
    fileprivate func telling(attempts: Int, lost: Int) -> Self {
        switch self {
        case .success(var response):
            response.head.lost = lost
            return .success(response)
        case .failure(var error):
            (error.attempts, error.lost) = (attempts, lost)
            return .failure(error)
        }
    }
}
