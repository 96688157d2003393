internal import Store
internal import Assistant
internal import BatchQueue
internal import JSON
internal import Memory

/// The uses of a policy's grants, counted over the whole batch.
struct BatchUses: UseLimit {
    let worker: BatchWorker
    let item: ClaimedItem
    let policy: BatchPlan.NamedPolicy

    func takeUse(of grant: PolicyGrant) async throws(JournalError) -> Bool {
        guard let most = grant.maxUses else { return true }
        do throws(StoreError) {
            return try await worker.use(Self.allowance(of: grant, in: policy), atMost: most, for: item)
        } catch {
            throw JournalError(error)
        }
    }

    /// What uses are counted under: the policy, the tool and what the grant covers. It is the same for every worker and
    /// every run, however the path of the policy was spelt and whatever `max` and `expires` say now: who raises `max`
    /// allows the difference.
    static func allowance(of grant: PolicyGrant, in policy: BatchPlan.NamedPolicy) -> String {
        let patterns = { (patterns: [PathPattern]) in
            JSON.array(Set(patterns.map(\.description)).sorted().map { .string($0) })
        }
        let parts: [JSON] = [
            .string(policy.fileName), .string(grant.tool), patterns(grant.repositories), patterns(grant.paths),
        ]
        return JSON.array(parts).description
    }
}
