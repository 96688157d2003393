/// Counts how often the grants of a policy are used, where many runs share their `max`: those of a batch.
package protocol UseLimit: Sendable {
    /// Takes one use of a grant with a `max`. Asked before the call is recorded as executing, and durable when it
    /// returns: from then on the use counts, whatever becomes of the call. False: none is left.
    func takeUse(of grant: PolicyGrant) async throws(JournalError) -> Bool
}
