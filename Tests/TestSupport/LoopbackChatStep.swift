/// What ``LoopbackChat`` does about one call, as a word in the prompt.
package enum LoopbackChatStep: String, Sendable, CaseIterable {
    /// Answers `Answer to NAME.`
    case ok
    /// Answers when the test says so.
    case hold
    /// Answers a second later than the others.
    case late

    /// 429 without a word how long to wait.
    case limited = "429"
    /// With `Retry-After: 1`.
    case limitedRetryAfter = "429-after"
    /// With `retry-after-ms: 50`.
    case limitedMilliseconds = "429-ms"
    /// With the limits' headers: none left, whole again in 300 ms.
    case limitedHeaders = "429-headers"
    /// With `Retry-After: 3600`.
    case limitedForLong = "429-long"
    /// 429 `insufficient_quota`.
    case quota

    case badRequest = "400"
    case wrongKey = "401"
    case noSuchModel = "404"
    case timeout = "408"
    case conflict = "409"
    case tooLarge = "413"
    case serverError = "500"
    case badGateway = "502"
    case unavailable = "503"

    /// Says nothing until the client goes away.
    case hang
    /// Begins an answer and then says nothing more.
    case stall
    case reset
    /// Ends the connection in the middle of the answer.
    case cut
    /// All of the answer but its end: no finish reason, no `[DONE]`.
    case endless
    /// An event that is no JSON.
    case broken
    /// An error object in the middle of the stream.
    case failing
    /// A web page with status 200.
    case page
    /// Stops at the most tokens: `finish_reason` `length`.
    case length
    /// `finish_reason` `content_filter`.
    case filter
    /// An answer without text.
    case empty
    /// A call of a tool that writes a file.
    case write
    /// A call of a tool that reads the repository.
    case look

    /// Whether the server works for it, and is paid.
    var isBilled: Bool {
        switch self {
        case .limited, .limitedRetryAfter, .limitedMilliseconds, .limitedHeaders, .limitedForLong, .quota, .badRequest,
            .wrongKey, .noSuchModel, .timeout, .conflict, .tooLarge, .serverError, .badGateway, .unavailable, .page:
            false
        default: true
        }
    }

    var isLimit: Bool { rawValue.hasPrefix("429") || self == .quota }
}
