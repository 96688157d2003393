import FoundationEssentials
import JSON
import Postgres
import TestSupport
import Testing

/// `vocero batch run --via openai-batch` against a scripted endpoint.
struct `A batch through OpenAI's Batch API` {
    /// A folder of prompts beside its results.
    struct Playground {
        let program: VoceroProgram
        let database: TestDatabase
        let directory: TemporaryDirectory
        let server: LoopbackBatchAPI

        static func make(_ server: LoopbackBatchAPI, prompts count: Int = 10) async throws -> Playground {
            let directory = try TemporaryDirectory()
            let prompts = directory.path + "/prompts"
            try FileManager.default.createDirectory(atPath: prompts, withIntermediateDirectories: false)
            for number in 0..<count {
                try Data("prompt \(number)".utf8).write(to: URL(filePath: "\(prompts)/\(number).txt"))
            }
            let database = try await TestDatabase.make()
            let program = try await VoceroProgram.make(
                in: directory.path, keeping: [directory], database: database,
                environment: [
                    "OPENAI_BASE_URL": server.baseURL, "OPENAI_API_KEY": "sk-test-0123456789abcdefghijklmn",
                    "VOCERO_CHAT_MODEL": "gpt-4.1-mini", "VOCERO_BATCH_POLL": "1",
                ])
            return Playground(program: program, database: database, directory: directory, server: server)
        }

        func run(_ more: String...) async throws -> VoceroOutput {
            try await program.run(["batch", "run", "prompts", "--via", "openai-batch"] + more)
        }

        /// Runs until something has happened, then kills the program.
        func runAndKill(when happened: @escaping @Sendable () async throws -> Bool) async throws {
            let output = try await program.run(["batch", "run", "prompts", "--via", "openai-batch"]) { process in
                let hasHappened = try await happened()
                #expect(hasHappened)
                Signals.destroy(process)
            }
            #expect(output.status == 128 + 9, "\(output)")
        }

        /// Each line of results.jsonl by its name.
        var results: [String: JSON] {
            get throws {
                let text = String(
                    decoding: try Data(contentsOf: URL(filePath: directory.path + "/prompts-results/results.jsonl")),
                    as: UTF8.self)
                var results: [String: JSON] = [:]
                for line in text.split(separator: "\n") {
                    let json = try JSON(parsing: String(line))
                    results[json["name"]?.string ?? ""] = json
                }
                return results
            }
        }

        func number(_ sql: String) async throws -> Int {
            let connection = try await PostgresConnection.connect(to: database.connectionString)
            let rows = try await connection.run(PostgresStatement("SELECT (\(sql))::bigint AS number")).rows
            await connection.close()
            return try rows[0].int("number")
        }

        /// Everything was done, paid and journaled once.
        func expectDoneOnce(_ count: Int) async throws {
            #expect(server.answered.count == count)
            #expect(server.answered.values.allSatisfy { $0 == 1 })
            #expect(try results.values.count { $0["status"] == "done" } == count)
            #expect(try await number("SELECT done FROM batches") == count)
            #expect(try await number("SELECT count(*) FROM batch_items WHERE state = 'done'") == count)
            #expect(try await number("SELECT count(*) FROM runs") == count)
            #expect(try await number("SELECT count(*) FROM batches WHERE abs(reserved_usd) > 1e-9") == 0)
            // 100 tokens at 0.20 and 50 at 0.80 dollars a million.
            let micro = try await number("SELECT round(spent_usd * 1e6) FROM batches")
            #expect(micro == 60 * count)
        }
    }

    @Test func `answers a folder of prompts at the price of a batch, once`() async throws {
        let server = try LoopbackBatchAPI()
        let playground = try await Playground.make(server)
        let output = try await playground.run()
        #expect(output.status == 0, "\(output)")
        #expect(output.output.contains("10 done"))
        #expect(output.error.contains("has 10 prompts for gpt-4.1-mini as batch_0"))
        try await playground.expectDoneOnce(10)
        let answer = try String(
            contentsOf: URL(filePath: playground.directory.path + "/prompts-results/3.txt.md"), encoding: .utf8)
        #expect(answer.contains("Answer to prompt 3"))
        #expect(try await playground.run().status == 0)
        #expect(server.batches.count == 1)
    }

    @Test func `ends each item with its state when there is only an error file`() async throws {
        let server = try LoopbackBatchAPI { number, _ in
            LoopbackBatchAPI.Plan { index, _ in
                number > 0
                    ? .answer("late") : index < 3 ? .refused(400, code: "bad") : .refused(500, code: "server_error")
            }
        }
        let playground = try await Playground.make(server)
        let output = try await playground.run()
        #expect(output.status == 1, "\(output)")
        let results = try playground.results
        #expect(results.values.count { $0["status"] == "failed" } == 3)
        #expect(results.values.count { $0["status"] == "done" } == 7)
        #expect(results["0.txt"]?["error"]?.string?.contains("refused: bad") == true)
        #expect(server.answered.values.allSatisfy { $0 == 1 })
    }

    @Test(arguments: ["expired", "cancelled"])
    func `keeps what was finished of a batch that ended early, and sends the rest again`(status: String) async throws {
        let server = try LoopbackBatchAPI { number, _ in
            guard number == 0 else { return LoopbackBatchAPI.Plan(polls: 0) }
            return LoopbackBatchAPI.Plan(status, polls: 0) { index, _ in
                index < 6 ? .answer("early") : index < 8 ? .untried(code: "batch_\(status)") : .missing
            }
        }
        let playground = try await Playground.make(server)
        let output = try await playground.run()
        #expect(output.status == 0, "\(output)")
        #expect(server.batches.map(\.count) == [10, 4])
        try await playground.expectDoneOnce(10)
    }

    @Test func `does not send for ever what fails validation`() async throws {
        let server = try LoopbackBatchAPI { _, _ in
            LoopbackBatchAPI.Plan("failed", problems: [["code": "model_not_found", "message": "No such model."]])
        }
        let playground = try await Playground.make(server)
        let output = try await playground.run()
        #expect(output.status == 1, "\(output)")
        #expect(output.error.contains("No such model."))
        #expect(server.batches.count == 1)
        #expect(try playground.results.values.allSatisfy { $0["status"] == "failed" })
    }

    @Test(arguments: ["POST /files", "POST /batches", "GET /batches/batch_0"])
    func `loses and doubles nothing when it is killed`(call: String) async throws {
        let server = try LoopbackBatchAPI()
        // The endpoint has done it, and the answer never comes.
        server.fail(call, .after(.hang))
        let playground = try await Playground.make(server)
        try await playground.runAndKill { await server.wait(for: call) }
        let output = try await playground.run()
        #expect(output.status == 0, "\(output)")
        #expect(server.batches.count == 1)
        #expect(server.count("POST /files") == 1)
        // The prompts stay neither there nor in a file here.
        #expect(server.fileNames.allSatisfy { !$0.hasPrefix("vocero-") })
        let left = try FileManager.default.contentsOfDirectory(atPath: playground.program.home + "/remote")
        #expect(left == [])
        try await playground.expectDoneOnce(10)
    }

    @Test func `loses and doubles nothing when it is killed while it takes lines`() async throws {
        let server = try LoopbackBatchAPI { _, _ in LoopbackBatchAPI.Plan(polls: 0) }
        server.fail("GET /files/*", .slowly(.milliseconds(400)))
        let playground = try await Playground.make(server, prompts: 500)
        try await playground.runAndKill {
            guard await server.wait(for: "GET /files/file-1/content") else { return false }
            for _ in 0..<2000 {
                let done = try await playground.number("SELECT coalesce(max(done), 0) FROM batches")
                if done > 0 { return done < 500 }
                try await Task.sleep(for: .milliseconds(10))
            }
            return false
        }
        let output = try await playground.run()
        #expect(output.status == 0, "\(output)")
        #expect(server.batches.count == 1)
        try await playground.expectDoneOnce(500)
    }

    @Test func `leaves prompts at the endpoint when a person stops it, and resumes`() async throws {
        let server = try LoopbackBatchAPI { _, _ in LoopbackBatchAPI.Plan(polls: 1_000_000) }
        let playground = try await Playground.make(server)
        let output = try await playground.program.run(["batch", "run", "prompts", "--via", "openai-batch"]) { process in
            #expect(await server.wait(for: "GET /batches/batch_0"))
            Signals.interrupt(process)
        }
        #expect(output.status == 130, "\(output)")
        #expect(output.error.contains("vocero batch resume"))
        let status = try await playground.program("batch", "status", "prompts")
        #expect(status.output.contains(": in_progress, 10 prompts for gpt-4.1-mini"), "\(status)")
        let object = try await playground.program("batch", "status", "prompts", "--json").json
        #expect(object["remote"]?[0]?["id"] == "batch_0")
        server.endAll()
        #expect(try await playground.program("batch", "resume").status == 0)
        #expect(server.batches.count == 1)
        try await playground.expectDoneOnce(10)
    }

    @Test func `cancels at the endpoint what a person cancels`() async throws {
        let server = try LoopbackBatchAPI { _, _ in
            LoopbackBatchAPI.Plan(polls: 1_000_000) { index, _ in index < 4 ? .answer("x") : .missing }
        }
        let playground = try await Playground.make(server)
        _ = try await playground.program.run(["batch", "run", "prompts", "--via", "openai-batch"]) { process in
            #expect(await server.wait(for: "GET /batches/batch_0"))
            Signals.interrupt(process)
        }
        let output = try await playground.program("batch", "cancel", "prompts")
        #expect(output.status == 0, "\(output)")
        #expect(output.output == "cancelled: 6 skipped, 0 still in flight, 4 done\n")
        #expect(server.count("POST /batches/batch_0/cancel") == 1)
        #expect(try playground.results.values.count { $0["status"] == "done" } == 4)
    }

    @Test func `takes back what is at the endpoint when the rest goes another way`() async throws {
        let server = try LoopbackBatchAPI { _, _ in LoopbackBatchAPI.Plan(polls: 1_000_000) }
        let playground = try await Playground.make(server)
        _ = try await playground.program.run(["batch", "run", "prompts", "--via", "openai-batch"]) { process in
            #expect(await server.wait(for: "GET /batches/batch_0"))
            Signals.interrupt(process)
        }
        server.endAll()
        let output = try await playground.program("batch", "run", "prompts")
        #expect(output.status == 0, "\(output)")
        try await playground.expectDoneOnce(10)
    }

    @Test func `keeps to the money that was given`() async throws {
        let server = try LoopbackBatchAPI { _, _ in LoopbackBatchAPI.Plan(polls: 0) }
        let playground = try await Playground.make(server)
        let output = try await playground.run("--max-cost", "0.0005")
        #expect(output.status == 6, "\(output)")
        let micro = try await playground.number("SELECT round(spent_usd * 1e6) FROM batches")
        #expect(micro > 0 && micro <= 500)
        #expect(micro == 60 * server.answered.count)
    }

    @Test func `says what an endpoint lacks`() async throws {
        let server = try LoopbackBatchAPI()
        server.fail("POST /files", .instead(.text("nothing here", status: 404)))
        let playground = try await Playground.make(server)
        let output = try await playground.run()
        #expect(output.status == 78, "\(output)")
        #expect(output.error.contains("has no Batch API"))
        #expect(try await playground.number("SELECT pending FROM batches") == 10)
    }

    @Test func `needs an endpoint`() async throws {
        let playground = try await Playground.make(try LoopbackBatchAPI())
        var program = playground.program
        program.environment["OPENAI_BASE_URL"] = nil
        program.environment["OPENAI_API_KEY"] = nil
        program.environment["VOCERO_CHAT_MODEL"] = nil
        let output = try await program.run(["batch", "run", "prompts", "--via", "openai-batch"])
        #expect(output.status == 78, "\(output)")
        #expect(output.error.contains("--via openai-batch needs an endpoint"))
    }
}
