internal import Store
internal import BatchQueue
internal import Application
internal import Assistant
internal import Concurrency
internal import FoundationEssentials
internal import JSON
internal import Speech

/// Turns the recordings of a batch into words, one at a time, beside the work on what has words already.
struct RecordingTranscriber: Sendable {
    let context: Context
    let plan: BatchPlan
    let worker: BatchWorker
    let store: BatchStore
    let estimate: ItemEstimate
    let ownStatus: WorkerStatus
    let stop: StopSignal
    let ended: @Sendable (ClaimedRecording) async -> Void

    /// Ends when there are no more and none come, or when it is asked to.
    func run() async throws {
        let speaking = TranscriptionRunner(context: context, isQuiet: true)
        var hint: String?
        var patience = SpeechPatience(attempts: plan.attempts)
        var wasTroubleSaid = false
        var changes = ownStatus.changes().makeAsyncIterator()
        while !Task.isCancelled, !stop.isMade {
            let comesMore = ownStatus.isReading
            let claimed = try await waitingForStore { (_) async throws(StoreError) in
                try await worker.claimRecording()
            }
            guard let recording = claimed else {
                if !comesMore { return }
                await changes.next()
                continue
            }
            if hint == nil { hint = try await speaking.hint(language: plan.language) ?? "" }
            guard let error = try await transcribe(recording, speaking, hint: hint) else {
                patience.answered()
                continue
            }
            switch patience.step(after: error, at: recording.position, now: .now) {
            case .fail(let reason): try await fail(recording, reason)
            case .pause(let reason):
                ownStatus.note(block: Failure(error).kind)
                return try await store.pause(worker.batch, reason: reason)
            case .wait(let time):
                if patience.isWorthSaying(at: .now), !wasTroubleSaid {
                    wasTroubleSaid = true
                    context.reporter.notice("\(error.message) Nothing is understood at the moment; it is tried again.")
                }
                await rest(time)
            }
        }
    }

    /// Ends early when this worker is to go. The recording stays this worker's, and is claimed again.
    private func rest(_ time: Duration) async {
        let stop = stop
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(for: time) }
            group.addTask { await stop.wait() }
            await group.next()
            group.cancelAll()
        }
    }

    /// Why the speech endpoint gave nothing; nil when the recording is done with, well or not.
    private func transcribe(
        _ recording: ClaimedRecording, _ speaking: TranscriptionRunner, hint: String?
    ) async throws -> EngineError? {
        do {
            let path = recording.options.recording ?? ""
            let transcript = try await speaking.transcribe(
                path, language: plan.language, hint: hint, wantsSegments: false)
            let most = estimate.most(
                transcript.text, recording.options.agent, recording.options.model)
            _ = try await waitingForStore { (_) async throws(StoreError) in
                try await worker.setWords(transcript.text, estimate: most, of: recording)
            }
            return nil
        } catch let error as StoreError {
            throw error
        } catch let error as SpeechError {
            if case .engine(let engine) = error.kind, engine.kind != .cancelled { return engine }
            try await fail(recording, Failure(error))
        } catch {
            try await fail(recording, Failure(any: error))
        }
        return nil
    }

    private func fail(_ recording: ClaimedRecording, _ failure: Failure) async throws {
        // What this worker has when it leaves goes back.
        if failure.kind == .interrupted { return }
        try await fail(recording, failure.message)
    }

    private func fail(_ recording: ClaimedRecording, _ reason: String) async throws {
        var failed = ItemOutcome(position: recording.position, attempt: recording.attempt, state: .failed)
        failed.error = reason
        let outcome = failed
        _ = try await waitingForStore { (_) async throws(StoreError) in try await worker.complete([outcome]) }
        await ended(recording)
    }
}
