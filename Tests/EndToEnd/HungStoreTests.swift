import JSON
import TestSupport
import Testing

/// A database that takes connections and statements, and never answers.
struct `A store that hangs` {
    @Test func `is said, and left by Ctrl-C, before anything was asked`() async throws {
        let database = try await TestDatabase.make().connectionString
        let proxy = try FreezingProxy(to: FreezingProxy.socketPath(in: database))
        let project = try await Project.make(environment: ["DATABASE_URL": proxy.connectionString(of: database)])
        proxy.freeze()
        let output = try await project.vocero.run(["ask", "status"]) { process in
            try await Task.sleep(for: .seconds(3))
            Signals.interrupt(process)
        }
        #expect(output.status == 130 && output.output == "", "\(output)")
        #expect(output.error.contains("has not answered for two seconds"))
    }

    @Test func `is left by Ctrl-C in the middle of a run, whose answer is given and kept`() async throws {
        let database = try await TestDatabase.make().connectionString
        let proxy = try FreezingProxy(to: FreezingProxy.socketPath(in: database))
        let server = try LoopbackOpenAI { _ in
            proxy.freeze()
            return .text("The answer that was paid for.")
        }
        let project = try await Project.make(environment: [
            "DATABASE_URL": proxy.connectionString(of: database), "OPENAI_BASE_URL": server.baseURL,
        ])
        let output = try await project.vocero.run(["ask", "--session", "kept", "hello"]) { process in
            while server.bodies("/chat/completions").isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            try await Task.sleep(for: .seconds(3))
            Signals.interrupt(process)
        }
        #expect(output.status == 0 && output.output.contains("that was paid for"), "\(output)")
        #expect(output.error.contains("has not answered for two seconds"))
        proxy.thaw()
        let history = try await project.vocero("history", "--json")
        #expect(history.error.contains("from the local spool"), "\(history)")
        let said = try history.json.array?.compactMap { $0["content"]?.string }
        #expect(said?.contains("hello") == true, "\(history)")
    }
}
