internal import Assistant
internal import Store

extension MemoryStore {
    /// Applies the records of one run and its child runs, in order, under the lease they were made under.
    func replay(
        _ records: [JournalRecord], of run: RunID, lease: RunLease
    ) async throws(StoreError) {
        keep(OwnedRun(lease: lease), for: run)
        defer { for record in records { forget(record.run) } }
        for record in records {
            // A child run's lease has its parent's owner, and its own first fence.
            if record.run != run, runsOwned[record.run] == nil {
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
