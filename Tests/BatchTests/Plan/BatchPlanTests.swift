import Application
import Assistant
import JSON
import Testing

@testable import Batch

struct `The plan of a batch` {
    private func plan() -> BatchPlan {
        var plan = BatchPlan()
        plan.model = "gpt-4.1-mini"
        plan.agent = "file_consultant"
        plan.usesTools = false
        plan.policies = [
            BatchPlan.NamedPolicy(
                name: "policies/docs",
                entries: [
                    BatchPlan.Entry(key: "allow.file_create.repository", value: "*"),
                    BatchPlan.Entry(key: "allow.file_create.path", value: "docs/**"),
                ]),
            BatchPlan.NamedPolicy(
                name: "notes",
                entries: [
                    BatchPlan.Entry(key: "allow.file_edit.repository", value: "acme/*"),
                    BatchPlan.Entry(key: "allow.file_edit.path", value: "ñandú/**"),
                ]),
        ]
        plan.language = "es"
        plan.bounds = BatchBounds(concurrency: 7, requestsPerMinute: 30, tokensPerMinute: 1000)
        plan.attempts = 2
        plan.deadline = 33
        plan.outputTokens = 512
        plan.limitsMoney = true
        plan.via = "openai-batch"
        plan.lease = 5
        plan.input = BatchPlan.Input(path: "/a b/ü", isFolder: true, include: ["*.md"], exclude: ["drafts"])
        return plan
    }

    @Test func `offers nobody to hand on to without tools, but offline, where nothing is known without them`() {
        var plan = plan()
        #expect(plan.roster(nil).all.map(\.name) == ["file_consultant"])
        #expect(plan.roster("github_admin").all.map(\.name) == ["github_admin"])
        #expect(plan.roster("github_admin").all.allSatisfy { $0.families.isEmpty })
        plan.model = nil
        #expect(plan.roster(nil) == .standard)
        (plan.model, plan.usesTools) = ("m", true)
        #expect(plan.roster(nil) == .standard)
    }

    @Test func `is the same for every worker`() throws {
        #expect(BatchPlan(json: try JSON(parsing: plan().json.description)) == plan())
        #expect(BatchPlan(json: try JSON(parsing: BatchPlan().json.description)) == BatchPlan())
    }

    @Test(
        arguments: [
            (nil, ["file_create"]), ("none", []), ("docs", ["file_create"]), ("policies/docs", ["file_create"]),
            ("notes", ["file_edit"]),
        ] as [(String?, [String])])
    func `lets a prompt choose among the policies that were given`(choice: String?, tools: [String]) throws {
        #expect(try plan().policy(choice)?.file().grants.map(\.tool) ?? [] == tools)
    }

    @Test(arguments: ["/etc/policy", "../docs", "doc", "", "policies", "DOCS"])
    func `lets no prompt bring a policy of its own`(choice: String) {
        let error = #expect(throws: Failure.self) { try plan().policy(choice) }
        #expect(error?.kind == .badInput)
    }
}
