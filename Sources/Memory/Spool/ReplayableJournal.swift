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
