package import Assistant
internal import Concurrency
internal import Files
internal import Glibc

/// From a recording on disk to its words: listens, prepares pieces, asks the endpoint, joins the answers.
///
/// Finished pieces are kept on disk, so that a second try after a failure or an interruption asks only for the missing
/// ones, and the same recording asked for twice costs nothing the second time. A recording is never changed.
package struct SpeechPipeline: Sendable {
    private let transcriber: any Transcriber
    private let directory: String
    private let kept: KeptPieces

    /// Requests under way at once.
    private static let concurrency = 2

    /// Finished pieces and work in progress go to the directory `keptPieces`, which is made when needed.
    package init(transcriber: any Transcriber, keptPieces: String) {
        self.transcriber = transcriber
        directory = keptPieces
        kept = KeptPieces(directory: keptPieces)
    }

    /// Transcribes one recording. Cancelling the task stops decoding and requests; what is finished is kept.
    ///
    /// - Throws: ``SpeechError``, each with a sentence for the user.
    package func transcribe(
        path: String, options: TranscriptionOptions = TranscriptionOptions(),
        progress: @escaping @Sendable (TranscriptionProgress) -> Void = { _ in }
    ) async throws(SpeechError) -> Transcript {
        let work = "\(directory)/work-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        let result: Result<Transcript, SpeechError>
        do throws(SpeechError) {
            let recording = try await prepare(path, options, work, progress)
            result = .success(try await transcribe(recording, path, options, progress))
        } catch {
            result = .failure(error)
        }
        let kept = kept
        await blocking(label: "vocero.speech.tidy") {
            FileSystem.removeWork(work)
            kept.prune()
        }
        return try result.get()
    }

    private func prepare(
        _ path: String, _ options: TranscriptionOptions, _ work: String,
        _ progress: @escaping @Sendable (TranscriptionProgress) -> Void
    ) async throws(SpeechError) -> PreparedRecording {
        let limits = transcriber.limits
        let stop = StopFlag()
        // Typed throws do not pass through the cancellation handler.
        let result = await withTaskCancellationHandler {
            await blocking(label: "vocero.speech.prepare") { () -> Result<PreparedRecording, SpeechError> in
                var told = 0.0
                let preparation = RecordingPreparation(
                    path: path, limits: limits, workDirectory: work, maxSeconds: options.maxSeconds,
                    isCancelled: { stop.isSet },
                    progress: { seconds in
                        guard seconds < told || seconds >= told + 60 else { return }
                        told = seconds
                        progress(.listened(seconds: seconds))
                    })
                do throws(SpeechError) {
                    return .success(try preparation.run())
                } catch {
                    return .failure(error)
                }
            }
        } onCancel: {
            stop.set()
        }
        return try result.get()
    }

    private func transcribe(
        _ recording: PreparedRecording, _ path: String, _ options: TranscriptionOptions,
        _ progress: @escaping @Sendable (TranscriptionProgress) -> Void
    ) async throws(SpeechError) -> Transcript {
        var notices: [String] = []
        if recording.isTruncated {
            notices.append("\(path) is cut off; the \(seconds(recording.duration)) that are there were used.")
        }
        for notice in notices { progress(.notice(notice)) }
        let spoken = recording.pieces.filter(\.hasSpeech)
        progress(.prepared(seconds: recording.duration, pieces: spoken.count))
        let requests = PieceRequests(
            transcriber: transcriber, kept: kept, options: options, concurrency: Self.concurrency, progress: progress)
        let answers = try await requests.run(spoken)
        let transcript = Transcript(
            joining: Array(zip(spoken, answers)), duration: recording.duration, language: options.language,
            model: transcriber.model, notices: notices)
        guard !transcript.text.isEmpty else {
            throw SpeechError(
                .silent, "No words were recognised in \(path); speak closer to the microphone and record it again.")
        }
        return transcript
    }

    private func seconds(_ duration: Double) -> String {
        "\((duration * 10).rounded() / 10) seconds"
    }
}
