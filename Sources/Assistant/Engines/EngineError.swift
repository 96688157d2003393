/// Why an engine (speech, chat, embeddings) gave no answer.
package struct EngineError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Not reached, reset, or 5xx after every retry.
        case unavailable
        /// Nothing came within the deadline.
        case timedOut
        /// The key is missing, wrong or not allowed to do this; or the model or the URL does not exist.
        case configuration
        /// The account is out of money or over its quota: waiting does not help.
        case quota
        /// The server asked to wait longer than is sensible.
        case rateLimited
        /// The server refuses this input (too large, not decodable, content policy).
        case refused
        /// The answer is not what the protocol promises: broken JSON, HTML, a stream cut short.
        case malformed
        case cancelled
    }

    package var kind: Kind
    /// A full sentence: what, where (host), what to do next. Never a credential.
    package var message: String
    package var requestID: String?
    /// How long the server asks to wait, with `rateLimited` and `unavailable`.
    package var retryAfter: Duration?
    /// Deeper causes, nearest first, for `-v`.
    package var causes: [String]
    /// The server may have done, and may charge for, what it gave no answer to.
    package var mayHaveCost: Bool
    /// How often the question was sent and its answer lost.
    package var lostAnswers = 0
    /// It stood where the answer to an accepted question should be.
    package var isOfAnswer = false
    /// Nobody was there: nothing was sent.
    package var wasNotReached = false

    package init(
        _ kind: Kind, _ message: String, requestID: String? = nil, retryAfter: Duration? = nil, causes: [String] = []
    ) {
        self.kind = kind
        self.message = message
        self.requestID = requestID
        self.retryAfter = retryAfter
        self.causes = causes
        mayHaveCost = kind == .timedOut || kind == .malformed
    }
}
