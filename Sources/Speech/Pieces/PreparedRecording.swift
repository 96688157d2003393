/// A recording that has been listened to, in pieces that the endpoint takes.
struct PreparedRecording: Sendable, Hashable {
    struct Piece: Sendable, Hashable {
        /// The recording itself when it goes up as it is.
        var path: String
        /// Seconds from the start of the recording.
        var start: Double
        /// Seconds.
        var end: Double
        /// False: nobody speaks in it, and it is not sent.
        var hasSpeech: Bool
    }

    /// Seconds of sound that could be decoded.
    var duration: Double
    var pieces: [Piece]
    /// The file itself is sent, not a copy.
    var isAsRecorded: Bool
    /// The file ends before its sound does: seconds of it were used.
    var isTruncated: Bool
}
