package import Assistant
package import Speech

/// What came of a question.
package struct AskOutcome: Sendable {
    /// Where the turn is kept.
    package enum Keeping: String, Sendable {
        case stored
        /// In the local spool, until the next start.
        case spooled
        /// The run could not be opened.
        case nowhere
    }

    package let answer: Answer
    /// Of the recording, when there was one.
    package let transcript: Transcript?
    package let kept: Keeping

    package init(answer: Answer, transcript: Transcript?, kept: Keeping) {
        self.answer = answer
        self.transcript = transcript
        self.kept = kept
    }
}
