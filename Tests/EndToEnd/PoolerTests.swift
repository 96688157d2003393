import FoundationEssentials
import JSON
import Postgres
import TestSupport
import Testing

@Suite(.enabled(if: TestPooler.isInstalled, "needs PgBouncer"))
struct `Behind a pooler` {
    @Test(arguments: TestPooler.Mode.allCases)
    func `asks, searches, history and hooks work, also many at once`(mode: TestPooler.Mode) async throws {
        let database = try await TestDatabase.make()
        let pooler = try await TestPooler.make(mode, to: database)
        let project = try await Project.make()
        let vocero = try await VoceroProgram.make(
            in: project.repository.path, environment: ["DATABASE_URL": pooler.connectionString])
        let outputs = try await withThrowingTaskGroup { group in
            for number in 0..<6 { group.addTask { try await vocero("ask", "--session", "s\(number % 2)", "status") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for output in outputs { #expect(output.status == 0, "\(output)") }
        let history = try await vocero("history", "--json")
        let messages = try history.json.array?.count
        #expect(history.status == 0 && messages == 12, "\(history)")
        let search = try await vocero("search", "status")
        #expect(search.status == 0 && search.output.contains("status"), "\(search)")
        let hook = try await vocero("hook", "run", "post-commit")
        #expect(hook.status == 0, "\(hook)")
        let doctor = try await vocero("doctor")
        #expect(doctor.output.contains("behind a pooler"), "\(doctor)")
    }

    @Test func `a batch is worked on where sessions are kept`() async throws {
        let pooler = try await TestPooler.make(.session, to: try await TestDatabase.make())
        let scene = try await BatchScene.make(databaseURL: pooler.connectionString)
        try scene.write(count: 5)
        let output = try await scene.batch("run", "prompts", "--no-tools")
        #expect(output.status == 0, "\(output)")
        #expect(try scene.statuses().values.allSatisfy { $0 == "done" })
    }

    @Test func `a batch is refused where sessions are shared, with what to do`() async throws {
        let pooler = try await TestPooler.make(.transaction, to: try await TestDatabase.make())
        let scene = try await BatchScene.make(databaseURL: pooler.connectionString)
        try scene.write(count: 2)
        let output = try await scene.batch("run", "prompts", "--no-tools")
        #expect(output.status == 78 && output.error.contains("transaction mode"), "\(output)")
        #expect(scene.endpoint.calls.isEmpty)
    }
}
