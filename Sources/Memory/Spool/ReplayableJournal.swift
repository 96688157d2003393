package import Assistant

/// A journal whose runs can be carried on from a record of them that was kept elsewhere.
package protocol ReplayableJournal: Journal {
    /// Names this process in the leases it gives out.
    var owner: String { get }

    /// The lease under which this process carries out a run; nil when it has none.
    func lease(of run: RunID) -> RunLease?

    /// Applies the records of one run and its child runs, in order, under the lease they were made under. What is
    /// stored already is passed over. `fenced` when the run has another owner since.
    func replay(_ records: [JournalRecord], of run: RunID, lease: RunLease) async throws(JournalError)
}

extension MemoryStore: ReplayableJournal {
    package func lease(of run: RunID) -> RunLease? { runsOwned[run]?.lease }

    package func replay(
        _ records: [JournalRecord], of run: RunID, lease: RunLease
    ) async throws(JournalError) {
        keep(OwnedRun(lease: lease), for: run)
        defer { for record in records { forget(record.run) } }
        for record in records {
            // A child run's lease has its parent's owner, and its own first fence.
            if record.run != run, self.lease(of: record.run) == nil {
                keep(OwnedRun(lease: RunLease(owner: lease.owner, fence: 1)), for: record.run)
            }
            switch record {
            case .begin(let opening): _ = try await begin(opening, lease: lease)
            case .child(let opening): try await beginChild(opening)
            case .step(let step): try await self.record(step: step)
            case .call(let call): try await store(call, isReplay: true)
            case .finish(let closing): try await finish(closing)
            }
        }
    }
}
