internal import Application
internal import Assistant
internal import FoundationEssentials
internal import Git
internal import HookInstall
internal import Redaction
internal import Settings

/// The hooks that git does not wait for: what they find is put into the repository's queue, and one process at a time
/// works it off.
struct BackgroundHook: Sendable {
    let run: HookRun
    /// Told when a job begins, and by when it must have ended.
    let expect: @Sendable (ContinuousClock.Instant) -> Void

    /// Then a job is given up, and another process tries it again.
    static let longestJob = Duration.seconds(300)

    private var incoming: IncomingHook { IncomingHook(run: run) }

    /// Nil when there is nothing to do.
    func payload() async throws -> HookPayload? {
        switch try await job() {
        case .incoming(let range, _): try await incoming.payload(of: range)
        // A commit is remembered without a model.
        case .record: try await run.payload { _ in }
        case nil: nil
        }
    }

    /// What came in, for whoever calls by hand.
    func answer() async throws -> LastDigest? {
        guard let job = try await job() else {
            if !run.call.isCalledByGit { run.reporter.notice("nothing came in") }
            return nil
        }
        guard run.call.isCalledByGit else { return try await carryOutByHand(job) }
        let queue = HookQueue(directory: run.directory)
        try queue.add(job)
        await queue.work { job in
            expect(.now + Self.longestJob)
            do {
                try await carryOut(job)
                return true
            } catch {
                run.reporter.fail(Failure(any: error).logged(by: run.context.redactor))
                return false
            }
        }
        return nil
    }

    private func job() async throws -> HookJob? {
        guard run.call.name == .postCommit else {
            return try await incoming.range().map { .incoming($0, hook: run.call.name) }
        }
        let commit = try await run.hook.repository.resolve(run.call.arguments.first ?? "HEAD")
        return .record(commit: commit, branch: try await run.hook.repository.head().branch)
    }

    private func carryOut(_ job: HookJob) async throws {
        // Nothing is said of it that memory could keep.
        if case .incoming(let range, let hook) = job, run.hook.model == nil {
            _ = try await incoming.digest(range, of: hook, NullJournal())
            return
        }
        let store = await HookStore.open(run)
        do {
            switch job {
            case .record(let commit, let branch): try await record(commit, branch, store)
            case .incoming(let range, let hook): _ = try await incoming.digest(range, of: hook, store.journal)
            }
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    private func carryOutByHand(_ job: HookJob) async throws -> LastDigest? {
        guard case .incoming(let range, let hook) = job else {
            try await carryOut(job)
            return nil
        }
        let last = try await incoming.digest(range, of: hook, run.hook.journal)
        if last == nil { run.reporter.notice("nothing came in") }
        return last
    }

    private func record(_ id: ObjectID, _ branch: String?, _ store: HookStore) async throws {
        let shown = try await run.hook.repository.show(id.hex, bounds: DiffBounds(patchBytes: 0, files: 0))
        let change = try await run.hook.reading.read(.between(shown.commit.parents.first?.hex, id.hex))
        let recorded = try await CommitRecord(commit: shown.commit, branch: branch, change: change)
            .keep(in: store.journal, repositoryName: run.hook.repositoryName)
        await store.fillEmbeddings(of: recorded, run.context)
        if !run.call.isCalledByGit { run.reporter.notice("remembered \(shown.commit.shortID) \(shown.commit.subject)") }
    }
}
