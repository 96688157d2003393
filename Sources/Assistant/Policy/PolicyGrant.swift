package import FoundationEssentials

/// One `[allow "TOOL"]` section of a policy file.
package struct PolicyGrant: Sendable, Hashable {
    package let tool: String
    package let repositories: [PathPattern]
    /// Every path a call touches must match one of these. Empty: only calls that touch no path are allowed.
    package let paths: [PathPattern]
    /// How often in one run, or in all runs of a batch together; nil is without bound.
    package let maxUses: Int?
    /// The first moment at which it no longer holds.
    package let expiresAt: Date?

    package init(
        tool: String, repositories: [PathPattern], paths: [PathPattern] = [], maxUses: Int? = nil,
        expiresAt: Date? = nil
    ) {
        self.tool = tool
        self.repositories = repositories
        self.paths = paths
        self.maxUses = maxUses
        self.expiresAt = expiresAt
    }

    /// Nil when the grant covers the call, else why it does not.
    func objection(to subject: PolicySubject, uses: Int?, now: Date) -> String? {
        if let expiresAt, now >= expiresAt { return "the policy's grant for \(tool) has expired" }
        if let maxUses, let uses, uses >= maxUses { return "the policy allows \(tool) \(maxUses) times in a run" }
        guard repositories.contains(where: { $0.matches(subject.repository ?? "") }) else {
            return "the policy does not allow \(tool) in \(subject.repository ?? "a directory without a repository")"
        }
        for path in subject.paths where !paths.contains(where: { $0.matches(path) }) {
            return "the policy does not allow \(tool) on \(path)"
        }
        return nil
    }
}
