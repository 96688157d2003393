package import Assistant
internal import FoundationEssentials
internal import Synchronization

/// A journal that goes on in a local file when the store goes away in the middle of a run.
///
/// It does so for runs that only read: an answer already paid for is not lost. An effect that writes is refused
/// without the store, and so is the start of a run unless `allowSpoolFromStart`. Once anything of a run is in the
/// spool, all that follows goes there too, so that its order is kept; ``SpoolDrain`` brings it into the store at
/// the next start.
package final class SpoolingJournal: Journal {
    private let primary: any ReplayableJournal
    private let writer: SpoolWriter
    private let redact: @Sendable (String) -> String
    private let allowSpoolFromStart: Bool
    private let state = Mutex(State())

    private struct State {
        /// The outermost run of each run that is going on: they share a file.
        var roots: [RunID: RunID] = [:]
        var leases: [RunID: RunLease] = [:]
        var spooled: Set<RunID> = []
    }

    package init(
        primary: any ReplayableJournal, directory: String, allowSpoolFromStart: Bool = false,
        redact: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.primary = primary
        writer = SpoolWriter(directory: directory)
        self.allowSpoolFromStart = allowSpoolFromStart
        self.redact = redact
    }

    /// The runs of which something went into the spool.
    package var spooledRuns: Set<RunID> { state.withLock { $0.spooled } }

    package func begin(_ opening: RunOpening) async throws(JournalError) -> OpenedRun {
        do throws(JournalError) {
            let opened = try await primary.begin(opening)
            let lease = primary.lease(of: opening.run)
            state.withLock {
                $0.roots[opening.run] = opening.run
                $0.leases[opening.run] = lease
            }
            return opened
        } catch {
            guard error.kind == .unavailable, allowSpoolFromStart, let key = Self.key(of: opening.session) else {
                throw error
            }
            // The key is chosen here, so that what the person is told is what the drain will make.
            var kept = opening
            kept.session = .key(key)
            state.withLock {
                $0.roots[opening.run] = opening.run
                $0.leases[opening.run] = RunLease(owner: primary.owner, fence: 1)
            }
            try await spool(.begin(kept))
            return OpenedRun(
                run: opening.run, sessionID: UUID.timeOrdered(at: opening.startedAt), sessionKey: key,
                repository: opening.repository, messageID: opening.messageID)
        }
    }

    /// Nil for the latest session: which one that is only the store knows.
    private static func key(of selection: SessionSelection) -> String? {
        switch selection {
        case .new: SessionKey.fresh()
        case .key(let key): key
        case .latest: nil
        }
    }

    /// Nothing is remembered for a run that was spooled from its start. For any other, a store that is away is an
    /// error: an empty memory would be a wrong one.
    package func recall(
        for run: OpenedRun, text: String, tokenBudget: Int
    ) async throws(JournalError) -> RecalledContext {
        if isSpooled(run.run) { return RecalledContext() }
        return try await primary.recall(for: run, text: text, tokenBudget: tokenBudget)
    }

    package func beginChild(_ child: ChildRunOpening) async throws(JournalError) {
        state.withLock { $0.roots[child.run] = $0.roots[child.parent] ?? child.parent }
        try await record(.child(child)) { () async throws(JournalError) in
            try await self.primary.beginChild(child)
        }
    }

    package func record(step: StepRecord) async throws(JournalError) {
        try await record(.step(step)) { () async throws(JournalError) in
            try await self.primary.record(step: step)
        }
    }

    package func record(call: ToolCallRecord) async throws(JournalError) {
        let mayBeSpooled = call.state != .executing || call.effect?.isRead == true
        try await record(.call(call), mayBeSpooled: mayBeSpooled) { () async throws(JournalError) in
            try await self.primary.record(call: call)
        }
    }

    package func finish(_ closing: RunClosing) async throws(JournalError) {
        try await record(.finish(closing)) { () async throws(JournalError) in
            try await self.primary.finish(closing)
        }
        state.withLock {
            $0.leases[closing.run] = nil
            if $0.roots[closing.run] == closing.run {
                let root = closing.run
                $0.roots = $0.roots.filter { $0.value != root }
            }
        }
    }

    // MARK: The choice

    private func isSpooled(_ run: RunID) -> Bool {
        state.withLock { $0.spooled.contains($0.roots[run] ?? run) }
    }

    private func record(
        _ record: JournalRecord, mayBeSpooled: Bool = true,
        inStore store: @Sendable () async throws(JournalError) -> Void
    ) async throws(JournalError) {
        if !isSpooled(record.run) {
            do throws(JournalError) {
                return try await store()
            } catch {
                // Cancelled: a person leaves, and the store has not answered in time.
                guard [.unavailable, .cancelled].contains(error.kind), mayBeSpooled else { throw error }
            }
        } else if !mayBeSpooled {
            throw JournalError(
                .unavailable,
                "The store is away, and nothing is written or changed without it: try again when it is back.")
        }
        try await spool(record)
    }

    private func spool(_ record: JournalRecord) async throws(JournalError) {
        let (root, lease) = state.withLock { state in
            let root = state.roots[record.run] ?? record.run
            return (root, state.leases[root])
        }
        guard let lease = lease ?? primary.lease(of: root) else {
            throw JournalError(.notFound, "The run \(root) was not begun by this process, so it cannot go on here.")
        }
        try await writer.append(record.redacted(by: redact), root: root, lease: lease)
        state.withLock { _ = $0.spooled.insert(root) }
    }
}
