/// How a recording is to be transcribed.
package struct TranscriptionOptions: Sendable, Hashable {
    /// ISO 639-1 (`en`, `es`), or nil to let the model find out. Giving it makes short requests much safer.
    package var language: String?
    /// Words likely to be heard, see ``VocabularyHint``. Left out where the endpoint takes none.
    package var hint: String?
    /// Ask for timed segments, where the endpoint gives them.
    package var wantsSegments: Bool
    /// Longer recordings are refused.
    package var maxSeconds: Double

    package init(
        language: String? = nil, hint: String? = nil, wantsSegments: Bool = false, maxSeconds: Double = 24 * 3_600
    ) {
        self.language = language
        self.hint = hint
        self.wantsSegments = wantsSegments
        self.maxSeconds = maxSeconds
    }
}

/// What a transcription is doing, for a person who waits. Called from any thread, in order for each piece.
package enum TranscriptionProgress: Sendable, Hashable {
    /// So much of the recording is decoded; told about once for every minute of it.
    case listened(seconds: Double)
    /// The recording is understood as sound: its true length, and how many pieces have speech.
    case prepared(seconds: Double, pieces: Int)
    /// A piece (counted from 1) has its words, from the endpoint or from an earlier try.
    case piece(Int, of: Int, wasKept: Bool)
    /// Something the user should know; the transcription goes on.
    case notice(String)
}
