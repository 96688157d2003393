package import Assistant

/// What was said in a recording.
package struct Transcript: Sendable, Hashable {
    /// The words of one piece.
    package struct Piece: Sendable, Hashable {
        /// Seconds from the start of the recording.
        package var start: Double
        /// Seconds.
        package var end: Double
        package var text: String
        /// Known from an earlier try; the endpoint was not asked.
        package var wasKept: Bool
    }

    package var text: String
    /// As the model names it, or as it was asked for.
    package var language: String?
    /// Seconds of sound in the recording.
    package var duration: Double
    /// Empty when the model gives none. Times are seconds from the start of the recording.
    package var segments: [TimedSegment]
    package var pieces: [Piece]
    package var model: String
    /// Of the requests that were made this time; what was kept costs nothing.
    package var usage: Usage
    package var requestIDs: [String]
    /// What the user should know, such as a recording that is cut off. Each was also a ``TranscriptionProgress``.
    package var notices: [String]

    init(
        joining answers: [(PreparedRecording.Piece, PieceAnswer)], duration: Double, language: String?, model: String,
        notices: [String]
    ) {
        pieces = answers.map { place, answer in
            Piece(start: place.start, end: place.end, text: oneLine(answer.piece.text), wasKept: answer.wasKept)
        }
        text = pieces.map(\.text).filter { !$0.isEmpty }.joined(separator: " ")
        segments = answers.flatMap { place, answer in
            answer.piece.segments.compactMap { Self.placed($0, in: place) }
        }
        self.language = answers.lazy.compactMap(\.1.piece.language).first ?? language
        self.duration = duration
        self.model = model
        let asked = answers.map(\.1).filter { !$0.wasKept }
        usage = asked.reduce(Usage()) { $0 + $1.piece.usage }
        requestIDs = asked.compactMap(\.piece.requestID)
        self.notices = notices + answers.compactMap(\.1.notice)
    }

    /// The segment on the recording's clock. Models let the last one run past the end of what they heard.
    private static func placed(_ segment: TimedSegment, in piece: PreparedRecording.Piece) -> TimedSegment? {
        let text = oneLine(segment.text)
        guard !text.isEmpty else { return nil }
        let onClock = { (time: Double) in
            time.isFinite ? min(piece.end, max(piece.start, piece.start + time)) : piece.start
        }
        let start = onClock(segment.start)
        return TimedSegment(start: start, end: max(start, onClock(segment.end)), text: text)
    }
}

/// Words with single spaces between them and none around.
func oneLine(_ text: String) -> String {
    text.split(whereSeparator: { $0.isWhitespace || $0.isNewline }).joined(separator: " ")
}
