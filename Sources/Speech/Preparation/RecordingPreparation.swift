internal import Assistant
internal import Files

/// Listens to a recording and makes it fit for a speech endpoint.
struct RecordingPreparation {
    let path: String
    let limits: TranscriberLimits
    /// Where pieces may be written; made when the first one is.
    let workDirectory: String
    let maxSeconds: Double
    let isCancelled: @Sendable () -> Bool
    /// Called with the seconds decoded so far.
    let progress: (Double) -> Void

    /// Blocking, for as long as it takes to decode the recording.
    ///
    /// - Throws: everything but `engine`; `silent` when nobody speaks.
    func run() throws(SpeechError) -> PreparedRecording {
        let pass = RecordingPass(path: path, maxSeconds: maxSeconds, isCancelled: isCancelled, progress: progress)
        if try mayGoAsRecorded() {
            let outcome = try pass.run(.init(), writer: nil)
            if !outcome.isTruncated && outcome.duration <= limits.maxSeconds && outcome.again == nil {
                let whole = PreparedRecording.Piece(
                    path: path, start: 0, end: outcome.duration,
                    hasSpeech: SpeechGate.hearsSpeech(in: outcome.decibels[...]))
                return try checked(
                    PreparedRecording(
                        duration: outcome.duration, pieces: [whole], isAsRecorded: true, isTruncated: false))
            }
        }
        var outcome = try pass.run(.init(), writer: writer())
        if let again = outcome.again {
            FileSystem.removeWork(workDirectory)
            outcome = try pass.run(again, writer: writer())
        }
        return try checked(
            PreparedRecording(
                duration: outcome.duration, pieces: pieces(of: outcome), isAsRecorded: false,
                isTruncated: outcome.isTruncated))
    }

    /// By name, content and size; the true length is known only when all is decoded.
    private func mayGoAsRecorded() throws(SpeechError) -> Bool {
        let reader = try SoundReader(opening: path)
        return reader.content.isNamedTruly(by: path, within: limits.extensions)
            && reader.bytes <= limits.maxBytes && reader.channels <= 2 && !reader.isCutShort
    }

    private func writer() -> PieceWriter {
        // FLAC is half of WAV and loses nothing.
        PieceWriter(
            directory: workDirectory, encoding: limits.extensions.contains("flac") ? .flac : .wav,
            limits: PieceLimits(limits))
    }

    private func pieces(of outcome: RecordingPass.Outcome) -> [PreparedRecording.Piece] {
        outcome.pieces.map { piece in
            let steps = piece.samples.lowerBound / FrameEnergies.frameLength
            let end = min(piece.samples.upperBound / FrameEnergies.frameLength, outcome.decibels.count)
            return PreparedRecording.Piece(
                path: piece.path, start: Double(piece.samples.lowerBound) / Double(AudioFormat.sampleRate),
                end: Double(piece.samples.upperBound) / Double(AudioFormat.sampleRate),
                hasSpeech: SpeechGate.hearsSpeech(in: outcome.decibels[min(steps, end)..<end]))
        }
    }

    private func checked(_ recording: PreparedRecording) throws(SpeechError) -> PreparedRecording {
        if recording.duration < AudioFormat.shortest {
            if recording.isTruncated {
                throw SpeechError(
                    .truncated, "\(path) is cut off and holds no sound that can be used; copy or record it again.")
            }
            throw SpeechError(
                .tooShort, "\(path) holds less than a tenth of a second of sound; record it again.")
        }
        guard recording.pieces.contains(where: \.hasSpeech) else {
            throw SpeechError(
                .silent, "No speech was found in \(path); check the microphone and record it again.")
        }
        return recording
    }
}
