internal import Assistant
internal import Redaction

/// Why a model gave nothing, in a few words for a comment and for one line on stderr.
enum FailureWords {
    /// An endpoint's own words may repeat the key, or what it was sent.
    static func text(of answer: Answer, within deadline: HookDeadline, redactor: SecretRedactor) -> String {
        redactor.redacted(text(of: answer.failure, within: deadline))
    }

    private static func text(of failure: RunFailure?, within deadline: HookDeadline) -> String {
        switch failure {
        case .engine(let error): text(of: error, within: deadline)
        // Of all limits the deadline is the one that is over when it is reached.
        case .limit(let limit) where deadline.remaining > .zero: "the limit of \(limit) is reached"
        case .limit: "the endpoint did not answer within \(deadline.words)"
        case .interrupted: "it was interrupted"
        case .journal(let error): error.message
        case .notUnderstood(let misunderstanding): misunderstanding.message
        case .notDone(let reason): reason
        case .toolErrors, .outcomeUnknown, .unknownAgent, nil: "the endpoint gave an empty answer"
        }
    }

    /// What happened, on one line; what to do next stands in `vocero doctor`.
    private static func sentence(_ message: String) -> String {
        let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
        let first = line.firstRange(of: "; ").map { String(line[..<$0.lowerBound]) } ?? line
        let short = String(first.prefix(200))
        return short.hasSuffix(".") ? String(short.dropLast()) : short
    }

    private static func text(of error: EngineError, within deadline: HookDeadline) -> String {
        switch error.kind {
        case .timedOut: "the endpoint did not answer within \(deadline.words)"
        case .cancelled: "it was interrupted"
        case .unavailable, .configuration, .quota, .rateLimited, .refused, .malformed:
            sentence(error.message)
        }
    }
}
