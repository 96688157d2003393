package import Assistant

/// A store that is not asked: a ``SpoolingJournal`` over it keeps everything in the spool, and the next command that
/// opens the store brings it in. For hooks that git waits for, which have no time to connect.
package struct OfflineStore: ReplayableJournal {
    package let owner = RunLease.ownerName()
    package let place: StorePlace

    /// `place`: which store it is that is not asked.
    package init(place: StorePlace) { self.place = place }

    package func lease(of run: RunID) -> RunLease? { nil }
    package func begin(_ opening: RunOpening) async throws(JournalError) -> OpenedRun { throw Self.absent }
    package func recall(
        for run: OpenedRun, text: String, tokenBudget: Int
    ) async throws(JournalError) -> RecalledContext { throw Self.absent }
    package func record(step: StepRecord) async throws(JournalError) { throw Self.absent }
    package func record(call: ToolCallRecord) async throws(JournalError) { throw Self.absent }
    package func beginChild(_ child: ChildRunOpening) async throws(JournalError) { throw Self.absent }
    package func finish(_ closing: RunClosing) async throws(JournalError) { throw Self.absent }
    package func replay(_ records: [JournalRecord], of run: RunID, lease: RunLease) async throws(JournalError) {
        throw Self.absent
    }

    private static let absent = JournalError(.unavailable, "The store is not asked while git waits.")
}
