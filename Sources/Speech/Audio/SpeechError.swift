package import Assistant
internal import Files

/// Why a recording has no transcript.
package struct SpeechError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// There is no such file, or it may not be read.
        case noInput
        /// A directory, a device, text, an image: nothing that holds sound.
        case notAudio
        /// The file ends before its sound does, and what is there is too little to use.
        case truncated
        /// Less than a tenth of a second: speech endpoints refuse it.
        case tooShort
        /// Longer than ``TranscriptionOptions/maxSeconds``.
        case tooLong
        /// Nobody speaks in it.
        case silent
        /// The speech endpoint gave no transcript.
        case engine(EngineError)
        case cancelled
        /// No room for the pieces or the kept transcripts.
        case diskFull
        /// A piece or a kept transcript could not be written for another reason.
        case storage
        /// The codec library failed on sound it had accepted.
        case codec
    }

    package var kind: Kind
    /// A full sentence: what, where, what to do next.
    package var message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    static let cancelled = SpeechError(.cancelled, "The transcription was interrupted; finished pieces are kept.")

    /// A file that we wanted to write.
    static func writing(_ path: String, _ error: FileError) -> SpeechError {
        if error.isFull {
            return SpeechError(.diskFull, "There is no room left to write \(path); free some space and try again.")
        }
        return SpeechError(.storage, "\(path) cannot be written: \(error.reasonInSentence).")
    }
}
