/// Says whether a model call may still be paid for, where money is shared by many runs.
package protocol SpendingLimit: Sendable {
    /// Asked before each model call. `spent`: what the run's answered calls have cost; `next`: the most that this call
    /// may cost; both in US dollars. False: the call is not made and the run ends at its limit.
    func allows(_ next: Double, after spent: Double) async -> Bool
}
