internal import Assistant
internal import FoundationEssentials
internal import Git
internal import HookInstall
internal import Hooks
internal import JSON
internal import Memory
internal import OpenAI
internal import Redaction
internal import Settings

/// The hooks that git does not wait for: what they find is put into the repository's queue, and one process at a time
/// works it off.
struct HookBackground: Sendable {
    let place: HookPlace

    /// A digest may take so long; nobody waits for it.
    private static let patience = Duration.seconds(60)
    /// Then a job is given up, and another process tries it again.
    static let longestJob = Duration.seconds(300)

    func run(_ hook: HookName, arguments: [String], range: String?) async throws {
        guard let job = try await job(hook, arguments, range) else {
            if !place.isCalledByGit { place.console.notice("nothing came in") }
            return
        }
        if place.showsPayload { return try await showPayload(job) }
        guard place.isCalledByGit else { return try await carryOutByHand(job) }
        try place.queue.add(job)
        await place.queue.work { job in
            place.watchdog?.expect(until: .now + Self.longestJob)
            do {
                try await carryOut(job)
                return true
            } catch {
                place.console.fail(CommandFailure(any: error).logged(by: place.context.redactor))
                return false
            }
        }
    }

    // MARK: What there is to do

    private func job(_ hook: HookName, _ arguments: [String], _ range: String?) async throws -> HookJob? {
        let repository = place.hook.repository
        if hook == .postCommit {
            let commit = try await repository.resolve(arguments.first ?? "HEAD")
            return .record(commit: commit, branch: try await repository.head().branch)
        }
        if let range {
            guard case .between(let from?, let to) = try place.range(range) else { return nil }
            return .incoming(
                IncomingRange(
                    branch: try await repository.head().branch, from: try await repository.resolve(from),
                    to: try await repository.resolve(to)), hook: hook)
        }
        let incoming: IncomingRange? =
            switch hook {
            case .postMerge where arguments.first != "1":
                try await .since(origin(arguments), in: repository, own: [])
            case .postRewrite where arguments.first == "rebase" || !place.isCalledByGit:
                try await .since(
                    origin(arguments), in: repository,
                    own: IncomingRange.rewritten(try await InputText.standardInput(place.console) ?? ""))
            case .postCheckout:
                try await .afterCheckout(
                    repository, from: arguments.first.flatMap { ObjectID(hex: $0) },
                    to: arguments.dropFirst().first.flatMap { ObjectID(hex: $0) })
            default: nil
            }
        return incoming.map { .incoming($0, hook: hook) }
    }

    /// Where ORIG_HEAD and HEAD were when the hook was called: the script says so behind its first argument.
    private func origin(_ arguments: [String]) -> (before: ObjectID?, now: ObjectID?) {
        let ids = arguments.dropFirst().map { ObjectID(hex: $0) }
        return (ids.first ?? nil, ids.dropFirst().first ?? nil)
    }

    // MARK: Doing it

    private func carryOut(_ job: HookJob) async throws {
        // Nothing is said of it that memory could keep.
        if case .incoming(let range, let hook) = job, place.hook.model == nil {
            _ = try await digest(range, hook, NullJournal())
            return
        }
        let store = await openStore()
        do {
            switch job {
            case .record(let commit, let branch): try await record(commit, branch, store)
            case .incoming(let range, let hook): _ = try await digest(range, hook, store.journal)
            }
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    private func carryOutByHand(_ job: HookJob) async throws {
        guard case .incoming(let range, let hook) = job else { return try await carryOut(job) }
        guard let last = try await digest(range, hook, place.hook.journal) else {
            return place.console.notice("nothing came in")
        }
        try HookLast.show(last, on: place.console, json: place.json)
    }

    private func record(_ id: ObjectID, _ branch: String?, _ store: HookStore) async throws {
        let shown = try await place.hook.repository.show(id.hex, bounds: DiffBounds(patchBytes: 0, files: 0))
        let parent = shown.commit.parents.first?.hex
        let change = try await place.hook.reading.read(.between(parent, id.hex))
        let run = try await CommitRecord(commit: shown.commit, branch: branch, change: change)
            .keep(in: store.journal, repositoryName: place.hook.repositoryName)
        await store.fillEmbeddings(of: run, place)
        if !place.isCalledByGit { place.console.notice("remembered \(shown.commit.shortID) \(shown.commit.subject)") }
    }

    private func digest(
        _ range: IncomingRange, _ hook: HookName, _ journal: any Journal
    ) async throws -> LastDigest? {
        guard
            let digest = try await IncomingDigest.read(
                range, repository: place.hook.repository, reading: place.hook.reading)
        else { return nil }
        var summary = HookSummary()
        if place.hook.model != nil { summary = await self.summary(digest, journal) }
        if let failure = summary.failure { place.console.notice("no summary by a model: \(failure)") }
        let own = TerminalText.sanitized(place.context.redactor.redacted(digest.text))
        let text = summary.text.map { "\($0)\n\n\(own)" } ?? own
        let last = LastDigest(
            hook: hook.rawValue, branch: range.branch, from: range.from.hex, to: range.to.hex,
            time: Int(Date.now.timeIntervalSince1970), model: summary.text == nil ? nil : place.hook.model?.name,
            text: text)
        try HookLast.keep(last, in: place.queue.directory)
        return last
    }

    private func summary(_ digest: IncomingDigest, _ journal: any Journal) async -> HookSummary {
        var hook = place.hook
        hook.journal = journal
        hook.deadline = HookDeadline(total: Self.patience)
        return await HookSummary.ofIncoming(digest, hook)
    }

    private func showPayload(_ job: HookJob) async throws {
        let capture = PayloadCapture(name: place.modelName)
        switch job {
        // A commit is remembered without a model.
        case .record: break
        case .incoming(let range, _): try await capturePayload(range, capture)
        }
        try place.showPayload(capture)
    }

    private func capturePayload(_ range: IncomingRange, _ capture: PayloadCapture) async throws {
        let digest = try await IncomingDigest.read(
            range, repository: place.hook.repository, reading: place.hook.reading)
        if let digest { _ = await HookSummary.ofIncoming(digest, place.hook.capturing(capture)) }
    }

    /// The store, or the spool alone when it cannot be opened.
    private func openStore() async -> HookStore {
        do {
            return HookStore(store: try await place.context.openStore(spoolsFromStart: true), spool: place.hook.journal)
        } catch {
            let reason = place.context.redactor.redacted(CommandFailure(any: error).message)
            place.console.notice("the store is away, the turn is spooled: \(reason)")
            return HookStore(store: nil, spool: place.hook.journal)
        }
    }
}

/// Where a background job's turns go.
private struct HookStore: Sendable {
    let store: Store?
    let spool: any Journal

    var journal: any Journal { store?.journal ?? spool }

    func close() async { await store?.close() }

    /// Only from an endpoint that is asked anyway: a hook starts no server and contacts no other host. What is missing
    /// is filled in by a later command.
    func fillEmbeddings(of run: RunID, _ place: HookPlace) async {
        let settings = place.context.settings
        guard let store, store.journal.spooledRuns.isEmpty, let embeddings = settings.embeddings.endpoint,
            let chat = settings.chat.endpoint, URL(string: chat.url)?.host == URL(string: embeddings.url)?.host,
            let embedder = store.embedder
        else { return }
        do throws(JournalError) {
            _ = try await EmbeddingFiller(store: store.memory, embedder: embedder).fill(run: run)
        } catch {
            place.console.notice("no embedding for this turn yet: \(error.message)")
        }
    }
}
