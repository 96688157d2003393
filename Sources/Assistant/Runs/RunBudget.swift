internal import Synchronization

/// What a run and its child runs have used together, against the request's hard limits.
package final class RunBudget: Sendable {
    private struct Used {
        var steps = 0
        var toolCalls = 0
        var usage = Usage()
        var costInUSD: Double? = 0
        var policyUses: [PolicyGrant: Int] = [:]
    }

    private let limits: RunLimits
    private let started: ContinuousClock.Instant
    private let used = Mutex(Used())

    package init(limits: RunLimits, started: ContinuousClock.Instant = .now) {
        self.limits = limits
        self.started = started
    }

    package var usage: Usage { used.withLock { $0.usage } }

    /// Nil once a step's price was not known.
    package var costInUSD: Double? { used.withLock { $0.costInUSD } }

    /// The limit that is reached, in words; nil while there is room for so many more model calls.
    package func reachedLimit(steps: Int = 1, now: ContinuousClock.Instant = .now) -> String? {
        used.withLock { used in
            if used.steps + steps > limits.maxSteps { return "\(limits.maxSteps) model calls" }
            if used.toolCalls >= limits.maxToolCalls { return "\(limits.maxToolCalls) tool calls" }
            if used.usage.totalTokens >= limits.maxTokens { return "\(limits.maxTokens) tokens" }
            if let most = limits.maxCostInUSD, (used.costInUSD ?? .infinity) >= most { return "\(most) USD" }
            if now - started >= limits.maxWallTime { return "\(limits.maxWallTime.components.seconds) seconds" }
            return nil
        }
    }

    package func remainingWallTime(now: ContinuousClock.Instant = .now) -> Duration {
        max(.zero, limits.maxWallTime - (now - started))
    }

    func addStep(_ usage: Usage, costInUSD: Double?) {
        used.withLock { used in
            used.steps += 1
            used.usage = used.usage + usage
            if let cost = costInUSD, let sum = used.costInUSD {
                used.costInUSD = sum + cost
            } else {
                used.costInUSD = nil
            }
        }
    }

    /// False when the limit of tool calls is reached: the call must not run.
    func addToolCall() -> Bool {
        used.withLock { used in
            guard used.toolCalls < limits.maxToolCalls else { return false }
            used.toolCalls += 1
            return true
        }
    }

    func uses(of grant: PolicyGrant) -> Int { used.withLock { $0.policyUses[grant, default: 0] } }

    func addUse(of grant: PolicyGrant) { used.withLock { $0.policyUses[grant, default: 0] += 1 } }
}
