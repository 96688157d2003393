package struct TranscriptionPiece: Sendable, Hashable {
    package var text: String
    package var language: String?
    /// Empty when the model gives none. Times are seconds from the start of the piece.
    package var segments: [TimedSegment]
    package var requestID: String?
    package var usage: Usage

    package init(
        text: String, language: String? = nil, segments: [TimedSegment] = [], requestID: String? = nil,
        usage: Usage = Usage()
    ) {
        self.text = text
        self.language = language
        self.segments = segments
        self.requestID = requestID
        self.usage = usage
    }
}

package struct TimedSegment: Sendable, Hashable {
    /// Seconds.
    package var start: Double
    /// Seconds.
    package var end: Double
    package var text: String

    package init(start: Double, end: Double, text: String) {
        self.start = start
        self.end = end
        self.text = text
    }
}
