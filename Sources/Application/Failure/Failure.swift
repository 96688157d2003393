/// A failure as a person or a client is told it: one sentence that says what, where and what to do next. Every module's
/// error becomes one in ``Failure/init(any:)``; a front door gives its kind an exit status or an HTTP status.
package struct Failure: Error, Sendable, Hashable {
    /// What kind of failure it is, for who has to decide on it (DESIGN section 7).
    package enum Kind: Sendable, Hashable {
        case failed
        case approvalNeeded
        case outcomeUnknown
        case storeUnavailable
        case limitReached
        case noSpeech
        case notUnderstood
        case usage
        case badInput
        case noInput
        case endpointUnavailable
        case configuration
        case interrupted
    }

    package var kind: Kind
    package var message: String
    /// Request ids and deeper causes, nearest first; for who wants to know more.
    package var causes: [String]

    package init(_ kind: Kind, _ message: String, causes: [String] = []) {
        self.kind = kind
        self.message = message
        self.causes = causes
    }

    /// Where there is no place for more than a line, as in git's output.
    package var onOneLine: Failure {
        Failure(kind, message.split(whereSeparator: \.isNewline).joined(separator: " "))
    }
}

/// An error of a module above this one, which says itself what kind of failure it is.
package protocol FailureConvertible: Error {
    var failure: Failure { get }
}
