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
            try await transcribe(recording, speaking, hint: hint)
        }
    }

    private func transcribe(_ recording: ClaimedRecording, _ speaking: TranscriptionRunner, hint: String?) async throws
    {
        var outcome = ItemOutcome(position: recording.position, attempt: recording.attempt, state: .failed)
        do {
            let path = recording.options.recording ?? ""
            let transcript = try await speaking.transcribe(
                path, language: plan.language, hint: hint, wantsSegments: false)
            let most = estimate.most(
                transcript.text, recording.options.agent, recording.options.model)
            _ = try await waitingForStore { (_) async throws(StoreError) in
                try await worker.setWords(transcript.text, estimate: most, of: recording)
            }
            return
        } catch let error as StoreError {
            throw error
        } catch {
            let failure = Failure(any: error)
            // What this worker has when it leaves goes back.
            if failure.kind == .interrupted { return }
            if failure.kind == .limitReached {
                return try await store.pause(worker.batch, reason: failure.message)
            }
            outcome.error = failure.message
        }
        let failed = outcome
        _ = try await waitingForStore { (_) async throws(StoreError) in try await worker.complete([failed]) }
        await ended(recording)
    }
}
