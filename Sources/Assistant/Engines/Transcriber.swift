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
