import Dispatch
import FoundationEssentials
import JSON
import TestSupport
import Testing

struct `The private database` {
    @Test func `is started once by eight asks at the same time, which all are stored`() async throws {
        let project = try await Project.make()
        let vocero = try await VoceroProgram.installed(in: project.repository.path, only: ["postgres"])
        let outputs = try await withThrowingTaskGroup { group in
            for number in 0..<8 {
                group.addTask { try await vocero("ask", "--json", "--session", "s\(number)", "status") }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for output in outputs { #expect(output.status == 0, "\(output)") }
        let sessions = try await vocero("sessions", "--json").json.array ?? []
        #expect(Set(sessions.compactMap { $0["key"]?.string }) == Set((0..<8).map { "s\($0)" }))
        let log = try String(contentsOfFile: vocero.home + "/log/postgres.log", encoding: .utf8)
        #expect(log.ranges(of: "starting PostgreSQL").count == 1)
        let stopped = try await vocero("services", "stop")
        #expect(stopped.output.contains("database: stopped"))
    }

    @Test func `starts, says so, and stops on request`() async throws {
        let vocero = try await VoceroProgram.installed(only: ["postgres"])
        #expect(try await vocero("services", "status").status == 0)
        let started = try await vocero("services", "start", "database")
        #expect(started.status == 0 && started.output.hasPrefix("database: "), "\(started)")
        let migrated = try await vocero("db", "migrate")
        #expect(migrated.status == 0, "\(migrated)")
        let counted = try await vocero("db", "psql", "--", "-XAtc", "SELECT count(*) FROM messages")
        #expect(counted.output == "0\n")
        let stopped = try await vocero("services", "stop", "database")
        #expect(stopped.output == "database: stopped\n")
    }

    @Test func `loses no answer when it goes away for good in the middle of a run`() async throws {
        let (vocero, ask) = try await Self.stoppingMidAnswer(for: "for good") { home in
            // What is no cluster any more is not started again, and not made anew.
            try FileManager.default.moveItem(
                atPath: home + "/cluster/data/PG_VERSION", toPath: home + "/cluster/data/away")
        }
        #expect(ask.status == 0, "\(ask)")
        #expect(try ask.json["answer"] == "The answer that was paid for.")
        #expect(try ask.json["stored"] == "spooled")
        #expect(ask.error.contains("spool"))
        let data = vocero.home + "/cluster/data"
        try FileManager.default.moveItem(atPath: data + "/away", toPath: data + "/PG_VERSION")
        let history = try await vocero("history", "--json")
        #expect(history.status == 0 && history.error.contains("from the local spool"), "\(history)")
        let said = try history.json.array?.map { [$0["session"]?.string, $0["content"]?.string] }
        #expect(said == [["kept", "for good"], ["kept", "The answer that was paid for."]])
        #expect(try await vocero("history").error == "")
        try await vocero("services", "stop")
    }

    @Test func `is started again when it stops in the middle of a run`() async throws {
        let (vocero, ask) = try await Self.stoppingMidAnswer(for: "for a moment") { _ in }
        #expect(ask.status == 0, "\(ask)")
        #expect(try ask.json["stored"] == "stored")
        #expect(try await vocero("history", "--json").json.array?.count == 2)
        try await vocero("services", "stop")
    }

    /// Asks a server that answers only when the database has been stopped, and `then` was done.
    private static func stoppingMidAnswer(
        for request: String, then: @escaping @Sendable (_ home: String) throws -> Void
    ) async throws -> (VoceroProgram, VoceroOutput) {
        let gate = DispatchSemaphore(value: 0)
        let server = try LoopbackOpenAI { _ in
            gate.wait()
            return .text("The answer that was paid for.")
        }
        let vocero = try await VoceroProgram.installed(
            only: ["postgres"], environment: ["OPENAI_BASE_URL": server.baseURL])
        let output = try await vocero.run(["ask", "--json", "--session", "kept", request]) { _ in
            defer { gate.signal() }
            while server.bodies("/chat/completions").isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            try await vocero("services", "stop", "database")
            try then(vocero.home)
        }
        return (vocero, output)
    }

    @Test func `refuses to begin a run without it`() async throws {
        let project = try await Project.make(environment: [
            "DATABASE_URL": "postgresql://nobody:hunter2secret@127.0.0.1:1/none?connect_timeout=2"
        ])
        let output = try await project.vocero("ask", "status")
        #expect(output.status == 5, "\(output)")
        #expect(output.output == "" && !output.error.contains("hunter2secret"))
    }
}
