internal import Assistant
internal import Concurrency

/// The words of one piece.
struct PieceAnswer: Sendable, Hashable {
    var piece: TranscriptionPiece
    /// From an earlier try, nothing was asked of the endpoint.
    var wasKept: Bool
    /// Why the answer could not be kept for a second try.
    var notice: String?
}

/// Asks for the words of each piece, a few at a time, and keeps every answer as soon as it is there.
struct PieceRequests: Sendable {
    let transcriber: any Transcriber
    let kept: KeptPieces
    let options: TranscriptionOptions
    /// Requests under way at once.
    let concurrency: Int
    let progress: @Sendable (TranscriptionProgress) -> Void

    /// The answers in the order of the pieces.
    ///
    /// After a failure no new request begins, those under way are waited for and kept, and the failure of the earliest
    /// piece is thrown. After a cancellation those under way are stopped, too.
    func run(_ pieces: [PreparedRecording.Piece]) async throws(SpeechError) -> [PieceAnswer] {
        let results = await withTaskGroup(of: Finished.self, returning: [Int: Finished].self) { group in
            var results: [Int: Finished] = [:]
            var next = 0
            var hasFailed = false
            while next < min(concurrency, pieces.count) {
                let index = next
                group.addTask { await finish(index, pieces[index]) }
                next += 1
            }
            while let finished = await group.next() {
                results[finished.index] = finished
                tell(finished, of: pieces.count)
                if case .failure = finished.result { hasFailed = true }
                if hasFailed || Task.isCancelled || next == pieces.count { continue }
                let index = next
                group.addTask { await finish(index, pieces[index]) }
                next += 1
            }
            return results
        }
        var answers: [PieceAnswer] = []
        for index in pieces.indices {
            // A piece was not begun because a later one had failed first, or because of a cancellation.
            guard let finished = results[index] else { continue }
            answers.append(try finished.result.get())
        }
        if answers.count < pieces.count { throw .cancelled }
        return answers
    }

    private struct Finished: Sendable {
        let index: Int
        let result: Result<PieceAnswer, SpeechError>
    }

    private func finish(_ index: Int, _ piece: PreparedRecording.Piece) async -> Finished {
        Finished(index: index, result: await answer(piece))
    }

    private func tell(_ finished: Finished, of count: Int) {
        guard case .success(let answer) = finished.result else { return }
        progress(.piece(finished.index + 1, of: count, wasKept: answer.wasKept))
        if let notice = answer.notice { progress(.notice(notice)) }
    }

    private func answer(_ piece: PreparedRecording.Piece) async -> Result<PieceAnswer, SpeechError> {
        do throws(SpeechError) {
            return .success(try await ask(piece))
        } catch {
            return .failure(error)
        }
    }

    private func ask(_ piece: PreparedRecording.Piece) async throws(SpeechError) -> PieceAnswer {
        let limits = transcriber.limits
        let request = TranscriptionRequest(
            path: piece.path, language: options.language, hint: limits.takesPrompt ? options.hint : nil,
            wantsSegments: options.wantsSegments && limits.givesTimestamps)
        let model = transcriber.model
        let kept = kept
        let name = try await blocking(label: "vocero.speech.kept") { () throws(SpeechError) in
            try KeptPieces.Name(of: request, model: model)
        }
        if let earlier = await blocking(label: "vocero.speech.kept", { kept.find(name) }) {
            return PieceAnswer(piece: earlier, wasKept: true)
        }
        let answer: TranscriptionPiece
        do throws(EngineError) {
            answer = try await transcriber.transcribe(request)
        } catch {
            throw error.kind == .cancelled ? .cancelled : SpeechError(.engine(error), error.message)
        }
        // Paid for: kept even when the task was cancelled meanwhile, and never lost because the disk is full.
        let failure = await blocking(label: "vocero.speech.kept") { () -> SpeechError? in
            do throws(SpeechError) {
                try kept.keep(answer, as: name)
                return nil
            } catch {
                return error
            }
        }
        return PieceAnswer(
            piece: answer, wasKept: false,
            notice: failure.map { "The transcript was not kept for a second try: \($0.message)" })
    }
}
