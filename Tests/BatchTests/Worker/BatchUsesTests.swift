import Assistant
import Testing

@testable import Batch

struct `What uses of a policy are counted under` {
    private func allowance(
        _ policy: String = "policies/docs", tool: String = "file_create", repositories: [String] = ["a/*", "b/*"],
        paths: [String] = ["docs/**"], max: Int = 5
    ) -> String {
        BatchUses.allowance(
            of: PolicyGrant(
                tool: tool, repositories: repositories.map { PathPattern($0) }, paths: paths.map { PathPattern($0) },
                maxUses: max), in: BatchPlan.NamedPolicy(name: policy, entries: []))
    }

    @Test func `is the same however the policy's path is spelt and its lines are ordered`() {
        for name in ["docs", "./docs", "/home/me/policies/docs"] { #expect(allowance(name) == allowance()) }
        #expect(allowance(repositories: ["b/*", "a/*", "b/*"]) == allowance())
    }

    @Test func `is the same when more or less is allowed`() {
        #expect(allowance(max: 500) == allowance())
    }

    @Test func `is another for another policy, tool, repository or path`() {
        let all = [
            allowance(), allowance("notes"), allowance(tool: "file_edit"), allowance(repositories: ["a/*"]),
            allowance(paths: ["docs/**", "b/*"]), allowance(repositories: ["a/*", "b/*", "docs/**"], paths: []),
        ]
        #expect(Set(all).count == all.count)
    }
}
