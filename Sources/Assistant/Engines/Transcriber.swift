/// A speech endpoint: one piece of audio in, its words out.
package protocol Transcriber: Sendable {
    var model: String { get }

    /// What the endpoint takes in one request.
    var limits: TranscriberLimits { get }

    /// Transcribes one audio file that is already within ``limits``.
    func transcribe(_ request: TranscriptionRequest) async throws(EngineError) -> TranscriptionPiece
}

package struct TranscriberLimits: Sendable, Hashable {
    /// Of the audio file itself; the room for the request's framing is already taken off.
    package var maxBytes: Int
    package var maxSeconds: Double
    /// File name extensions taken as they are, in lower case: `wav`, `flac`, `mp3`, ….
    package var extensions: Set<String>
    package var givesTimestamps: Bool
    package var takesPrompt: Bool

    package init(
        maxBytes: Int, maxSeconds: Double, extensions: Set<String>, givesTimestamps: Bool, takesPrompt: Bool
    ) {
        self.maxBytes = maxBytes
        self.maxSeconds = maxSeconds
        self.extensions = extensions
        self.givesTimestamps = givesTimestamps
        self.takesPrompt = takesPrompt
    }
}

package struct TranscriptionRequest: Sendable, Hashable {
    /// The audio on disk; its extension is true.
    package var path: String
    /// ISO 639-1, or nil to let the model find out.
    package var language: String?
    /// Words likely to be heard, in the language of the request.
    package var hint: String?
    /// Ask for timed segments.
    package var wantsSegments: Bool

    package init(path: String, language: String? = nil, hint: String? = nil, wantsSegments: Bool = false) {
        self.path = path
        self.language = language
        self.hint = hint
        self.wantsSegments = wantsSegments
    }
}

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
