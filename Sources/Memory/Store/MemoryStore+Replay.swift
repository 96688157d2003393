internal import Assistant
internal import Store

extension MemoryStore {
    /// Applies the records of one run and its child runs, in order, under the lease they were made under. What the store
    /// refuses of one, for another is missing, keeps none behind it from being applied; it is thrown at the end.
    func replay(
        _ records: [JournalRecord], of run: RunID, lease: RunLease
    ) async throws(StoreError) {
        keep(OwnedRun(lease: lease), for: run)
        defer { for record in records { forget(record.run) } }
        var refused: StoreError?
        for record in records {
            // A child run's lease has its parent's owner, and its own first fence.
            if record.run != run, runsOwned[record.run] == nil {
                keep(OwnedRun(lease: RunLease(owner: lease.owner, fence: 1)), for: record.run)
            }
            do throws(StoreError) {
                try await apply(record, lease)
            } catch {
                // A delegate's run whose beginning is missing is nobody's; this run itself may have another owner since.
                let isOfDelegate = record.run != run && (error.kind == .fenced || error.kind == .notFound)
                guard error.kind == .failed || isOfDelegate else { throw error }
                if case .begin = record { throw error }
                refused = refused ?? error
            }
        }
        if let refused { throw refused }
    }

    private func apply(_ record: JournalRecord, _ lease: RunLease) async throws(StoreError) {
        switch record {
        case .begin(let opening): _ = try await begin(opening, lease: lease)
        case .child(let opening): try await beginChild(opening)
        case .step(let step): try await self.record(step: step)
        case .call(let call): try await store(call, isReplay: true)
        case .finish(let closing): try await finish(closing)
        }
    }
}
