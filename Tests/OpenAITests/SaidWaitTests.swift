import JSON
import Testing

@testable import OpenAI

struct `A wait that only a body names` {
    /// To a microsecond.
    private static func isAlike(_ wait: Duration?, _ seconds: Double?) -> Bool {
        guard let wait, let seconds else { return wait == nil && seconds == nil }
        return abs(wait / .seconds(1) - seconds) < 1e-6
    }

    @Test(
        arguments: [
            ("Rate limit reached. Please try again in 8.7s.", 8.7), ("Please try again in 8.7 s", 8.7),
            ("try again in 1m30.5s. Visit", 90.5), ("Please try again in 350ms", 0.35),
            ("Please retry after 25s, resets at Wed Oct 23", 25), ("Please retry in 38.123456789s.", 38.123456789),
            ("Try again in 6 minutes", 360), ("Please wait 2 minutes and 5 seconds before", 125),
            ("Please try again in 12", 12), ("Requests to the API have exceeded. Please retry after 9 seconds.", 9),
            ("Limit resets in: soon", nil), ("Try again in a moment", nil), ("Limit 60 requests per minute", nil),
            ("try again in 0s", nil), ("try again in -4s", nil), ("try again in 1e400s", 1), ("", nil),
        ] as [(String, Double?)]) func `is read from its sentence`(text: String, seconds: Double?)
    {
        #expect(Self.isAlike(SaidWait.wait(inSentence: text), seconds))
    }

    @Test(
        arguments: [
            (#"{"error":{"message":"Slow down","details":[{"@type":"RetryInfo","retryDelay":"38s"}]}}"#, 38.0),
            (#"[{"error":{"details":[{"retryDelay":"1.5s"}]}}]"#, 1.5), (#"{"error":{"retry_after":3}}"#, 3),
            (#"{"retry_after_ms":1500}"#, 1.5), (#"{"error":{"metadata":{"headers":{"Retry-After":"7"}}}}"#, 7),
            (#"{"error":{"message":"Please try again in 20ms."}}"#, 0.02), (#"{"detail":"retry after 4 seconds"}"#, 4),
            (#"{"error":{"message":"no"}}"#, nil), (#"{"retry_after":-1}"#, nil), (#"{"retry_after":null}"#, nil),
            ("Too many requests. Try again in 2s", 2), ("<html>429</html>", nil),
        ] as [(String, Double?)]) func `is read from its members and from its text`(body: String, seconds: Double?)
    {
        #expect(Self.isAlike(SaidWait.wait(in: Array(body.utf8)), seconds))
    }
}
