import Application
import Assistant
import JSON
import BatchQueue
import Memory
import Postgres
import TestSupport
import Testing

@testable import Batch

struct `Where items of a batch work` {
    @Test func `the policies of the batch are not theirs to write`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("ci/policy", "[allow \"file_append\"]\n")
        try directory.write("notes.md", "notes\n")
        var plan = BatchPlan()
        plan.policies = [BatchPlan.NamedPolicy(name: directory.path + "/ci/policy", entries: [])]
        let context = try await Context.make(
            directory: directory.path, reporter: SilentReporter(), needsRepository: false)
        let pool = PostgresPool { () async throws(PostgresError) in "host=/nowhere" }
        let repositories = RepositoryPool(context: context, store: MemoryStore(pool: pool, user: "one"), plan: plan)
        let tools = try await repositories.place(nil).tools
        let append = try #require(tools.first { $0.description.name == "file_append" })
        func appending(to path: String) throws(ToolError) -> Arguments {
            try Arguments(parsing: #"{"path":"\#(path)","content":"x"}"#, for: append.declaration)
        }
        _ = try await append.prepare(try appending(to: "notes.md"))
        let toPolicy = try appending(to: "ci/policy")
        await #expect(throws: ToolError.self) { try await append.prepare(toPolicy) }
    }
}
