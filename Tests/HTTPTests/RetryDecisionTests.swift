import Testing

@testable import HTTP

struct `A retry decision` {
    /// 2026-11-22T00:00:00Z.
    static let now: Double = 1_795_305_600

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var status: Int
        var headers: HTTPHeaders
        var attempt: Int
        var expected: RetryDecision
        var testDescription: String { name }

        init(_ name: String, _ status: Int, attempt: Int = 1, _ expected: RetryDecision) {
            self.init(name, status, [:], attempt: attempt, expected)
        }

        init(_ name: String, _ status: Int, _ headers: HTTPHeaders, attempt: Int = 1, _ expected: RetryDecision) {
            self.name = name
            self.status = status
            self.headers = headers
            self.attempt = attempt
            self.expected = expected
        }
    }

    static func wait(_ duration: Duration, _ status: Int) -> RetryDecision {
        .wait(duration, reason: "The server answered with status \(status).")
    }

    static let answers: [Row] = [
        Row("success", 200, .stop),
        Row("success that claims otherwise", 200, ["x-should-retry": "true"], .stop),
        Row("not found", 404, .stop),
        Row("too large", 413, .stop),
        Row("too large that claims otherwise", 413, ["x-should-retry": "true", "retry-after": "1"], .stop),
        Row("request timeout", 408, wait(.milliseconds(250), 408)),
        Row("conflict", 409, wait(.milliseconds(250), 409)),
        Row("second wait doubles", 500, attempt: 2, wait(.milliseconds(500), 500)),
        Row("waits are bounded", 500, attempt: 9, wait(.seconds(4), 500)),
        Row("doubling never overflows", 500, attempt: 98, wait(.seconds(4), 500)),
        Row("attempts are used up", 500, attempt: 99, .stop),
        Row("attempts are used up, whatever the server says", 500, ["x-should-retry": "true"], attempt: 99, .stop),
        Row("the server says no", 500, ["X-Should-Retry": "false"], .stop),
        Row("the server says yes", 400, ["x-should-retry": "true"], wait(.milliseconds(250), 400)),
        Row("the server says neither", 500, ["x-should-retry": "maybe"], wait(.milliseconds(250), 500)),
        Row("milliseconds", 429, ["retry-after-ms": "1500"], wait(.milliseconds(1500), 429)),
        Row(
            "milliseconds before seconds", 429, ["retry-after-ms": "20", "retry-after": "9"],
            wait(.milliseconds(20), 429)),
        Row("broken milliseconds", 429, ["retry-after-ms": "soon", "retry-after": "9"], wait(.seconds(9), 429)),
        Row("seconds", 503, ["Retry-After": "3"], wait(.seconds(3), 503)),
        Row("a fraction of a second", 503, ["Retry-After": "0.5"], wait(.milliseconds(500), 503)),
        Row("a date", 503, ["Retry-After": "Sun, 22 Nov 2026 00:00:20 GMT"], wait(.seconds(20), 503)),
        Row(
            "a date that is past", 503, ["Retry-After": "Sat, 21 Nov 2026 00:00:00 GMT"], wait(.milliseconds(250), 503)),
        Row("zero", 503, ["Retry-After": "0"], wait(.milliseconds(250), 503)),
        Row("negative", 503, ["Retry-After": "-5"], wait(.milliseconds(250), 503)),
        Row("not a number", 503, ["Retry-After": "nan"], wait(.milliseconds(250), 503)),
        Row("infinite", 503, ["Retry-After": "inf"], wait(.milliseconds(250), 503)),
        Row("hexadecimal", 503, ["Retry-After": "0x10"], wait(.milliseconds(250), 503)),
        Row("empty", 503, ["Retry-After": ""], wait(.milliseconds(250), 503)),
        Row("words", 503, ["Retry-After": "a while"], wait(.milliseconds(250), 503)),
        Row("the longest wait", 429, ["Retry-After": "120"], wait(.seconds(120), 429)),
        Row("longer than the longest wait", 429, ["Retry-After": "121"], .waitTooLong(.seconds(121))),
        Row("absurdly long", 429, ["Retry-After": "99999999999999999999"], .waitTooLong(.seconds(4_000_000_000))),
        Row("long, but not to be tried again", 404, ["Retry-After": "999"], .stop),
    ]

    @Test(arguments: answers) func `follows the answer`(row: Row) {
        let policy = HTTPRetryPolicy(maxAttempts: 99)
        let response = HTTPResponse(head: HTTPResponseHead(status: row.status, headers: row.headers), body: [])
        #expect(
            policy.decide(after: .success(response), attempt: row.attempt, now: Self.now, jitter: 0.5) == row.expected)
    }

    @Test(arguments: [
        (HTTPError.Code.resolve, true), (.connect, true), (.connectTimedOut, true), (.idleTimedOut, true),
        (.totalTimedOut, true), (.truncated, true), (.tls, false), (.invalidURL, false), (.responseTooLarge, false),
        (.redirectRefused, false), (.localFile, false), (.protocolViolation, false), (.cancelled, false),
    ])
    func `repeats only errors that may pass`(code: HTTPError.Code, isRetried: Bool) {
        let policy = HTTPRetryPolicy(maxAttempts: 2)
        let expected: RetryDecision = isRetried ? .wait(.milliseconds(100), reason: "Reason.") : .stop
        let failure: Result<HTTPResponse, HTTPError> = .failure(HTTPError(code, "Reason."))
        #expect(policy.decide(after: failure, attempt: 1, now: Self.now, jitter: 0.2) == expected)
        #expect(policy.decide(after: failure, attempt: 2, now: Self.now, jitter: 0.2) == .stop)
        #expect(HTTPRetryPolicy.never.decide(after: failure, attempt: 1, now: Self.now, jitter: 0.2) == .stop)
    }

    /// How many were lost already, whether the request went out, and whether it may go out again.
    @Test(arguments: [
        (HTTPError.Code.idleTimedOut, true, 1, true), (.idleTimedOut, true, 2, false), (.totalTimedOut, true, 2, false),
        (.truncated, true, 2, false), (.connect, false, 9, true), (.resolve, false, 9, true),
        (.connectTimedOut, false, 9, true), (.truncated, false, 9, true),
    ]) func `sends what may be done once more and no oftener`(
        code: HTTPError.Code, wasSent: Bool, lost: Int, isRetried: Bool
    ) {
        var policy = HTTPRetryPolicy(maxAttempts: 99)
        policy.mostLost = 1
        var error = HTTPError(code, "Reason.")
        error.wasSent = wasSent
        let decision = policy.decide(after: .failure(error), attempt: 3, now: Self.now, jitter: 0, lost: lost)
        #expect((decision != .stop) == isRetried)
        #expect(policy.isLost(.failure(error)) == wasSent)
    }

    @Test func `lets the policy read an error's body`() {
        let policy = HTTPRetryPolicy(maxAttempts: 2) { !String(decoding: $0.body, as: UTF8.self).contains("quota") }
        let spent = HTTPResponse(head: HTTPResponseHead(status: 429, headers: [:]), body: Array("no quota".utf8))
        let busy = HTTPResponse(head: HTTPResponseHead(status: 429, headers: [:]), body: Array("slow down".utf8))
        #expect(policy.decide(after: .success(spent), attempt: 1, now: Self.now, jitter: 1) == .stop)
        #expect(
            policy.decide(after: .success(busy), attempt: 1, now: Self.now, jitter: 1)
                == Self.wait(.milliseconds(500), 429))
    }
}
