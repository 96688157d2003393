import Assistant
import BatchQueue
import FoundationEssentials
import JSON
import Synchronization
import Testing
import TestSupport

@testable import Batch

struct `Work through a Batch API` {
    static let prompts = (0..<10).map { "prompt \($0)" }

    @Test func `answers every prompt once, as turns like any other`() async throws {
        let server = try LoopbackBatchAPI()
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        #expect(try await playground.work() == .finished)
        let items = try await playground.items()
        #expect(items.map(\.answer) == Self.prompts.map { "Answer to \($0)" })
        #expect(items.allSatisfy { $0.state == .done && $0.inputTokens == 100 && $0.outputTokens == 50 })
        // 100 tokens at 100 and 50 at 200 dollars a million.
        #expect(items.allSatisfy { abs(($0.cost ?? 0) - 0.02) < 1e-9 })
        #expect(server.answered == Dictionary(uniqueKeysWithValues: Self.prompts.map { ($0, 1) }))
        #expect(server.batches.count == 1)
        #expect(try await playground.isSettled())
        #expect(try await playground.number("SELECT count(*) FROM messages") == 20)
        #expect(try await playground.number("SELECT count(*) FROM steps") == 10)
        // The prompts do not stay there.
        #expect(server.fileNames.allSatisfy { !$0.hasPrefix("vocero-") })
        #expect(try FileManager.default.contentsOfDirectory(atPath: playground.directory.path + "/lines") == [])
        #expect(try await playground.work() == .finished)
        #expect(server.batches.count == 1)
    }

    @Test func `asks without tools and without secrets`() async throws {
        let server = try LoopbackBatchAPI()
        var named = ItemOptions()
        named.agent = "file_consultant"
        named.maxTokens = 900
        let playground = try await BatchAPIPlayground(["a secret", "named"], options: ["named": named], server: server)
        #expect(try await playground.work() == .finished)
        let lines = try #require(server.batches.first)
        #expect(lines.map(\.prompt) == ["a ***", "named"])
        for line in lines {
            #expect(line.body["tools"] == nil && line.body["stream"] == nil)
            #expect(line.body["model"] == "m")
        }
        #expect(lines[0].body["max_completion_tokens"] == nil)
        #expect((lines[1].body["max_completion_tokens"]?.integer ?? 0) > 100)
        #expect(lines[1].body["messages"]?[0]?["content"]?.string?.contains("Cite every statement") == true)
        // The journal has what was sent.
        for line in lines {
            let words = line.body["messages"]?[0]?["content"]?.string ?? ""
            let request = try await playground.text(
                "SELECT s.request::text FROM steps s JOIN messages m ON m.run_id = s.run_id AND m.content = $1::text",
                line.prompt)
            #expect(request.contains(JSON.string(words).description))
            #expect(request.contains("max_output_tokens") == (line.body["max_completion_tokens"] != nil))
        }
        #expect(try await playground.number("SELECT count(*) FROM runs WHERE agent = 'file_consultant'") == 1)
    }

    @Test func `splits by lines, bytes and models`() async throws {
        let server = try LoopbackBatchAPI()
        let long = String(repeating: "x", count: 5000)
        var playground = try await BatchAPIPlayground(
            Self.prompts + ["\(long)1", "\(long)2", "\(long)3"],
            options: ["prompt 0": ItemOptions(model: "n"), "prompt 5": ItemOptions(model: "n")], server: server)
        playground.options.mostLines = 4
        playground.options.mostBytes = 13_000
        #expect(try await playground.work() == .finished)
        let sizes = server.batches.map { $0.map(\.prompt.utf8.count) }
        #expect(server.batches.allSatisfy { Set($0.map { $0.body["model"] }).count == 1 })
        #expect(sizes.allSatisfy { $0.count <= 4 && $0.reduce(0, +) < 12_000 })
        #expect(sizes.map(\.count) == [2, 4, 4, 2, 1])
        #expect(server.answered.count == 13)
        #expect(try await playground.isSettled())
    }

    @Test func `takes a batch that has only an error file`() async throws {
        let server = try LoopbackBatchAPI { number, _ in
            LoopbackBatchAPI.Plan { index, line in
                guard number == 0 else { return .answer("late") }
                return switch index {
                case 0: .refused(400, code: "context_length_exceeded")
                case 1: .refused(429, code: "rate_limit_exceeded")
                case 2: .refused(500, code: "server_error")
                case 3: .refused(404, code: "model_not_found")
                default: .refused(503, code: "overloaded")
                }
            }
        }
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        #expect(try await playground.work() == .finished)
        let items = try await playground.items()
        #expect(items.map(\.state) == [.failed, .done, .done, .failed, .done, .done, .done, .done, .done, .done])
        #expect(items[0].error?.contains("context_length_exceeded") == true)
        #expect(items[0].run != nil)
        #expect(server.batches.map(\.count) == [10, 8])
        #expect(try await playground.isSettled())
    }

    @Test func `takes what an expired batch has finished, and sends the rest again`() async throws {
        let server = try LoopbackBatchAPI { number, _ in
            guard number == 0 else { return LoopbackBatchAPI.Plan() }
            return LoopbackBatchAPI.Plan("expired") { index, _ in
                index < 4 ? .answer("early") : index < 7 ? .untried(code: "batch_expired") : .missing
            }
        }
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        #expect(try await playground.work() == .finished)
        #expect(try await playground.items().map(\.state) == Array(repeating: .done, count: 10))
        #expect(server.batches.map(\.count) == [10, 6])
        #expect(server.answered.values.allSatisfy { $0 == 1 })
        #expect(try await playground.items().map(\.attempts) == [1, 1, 1, 1, 2, 2, 2, 2, 2, 2])
        #expect(try await playground.isSettled())
    }

    @Test func `sends again what somebody cancelled at the endpoint, and what ended without a line`() async throws {
        let server = try LoopbackBatchAPI { number, _ in
            switch number {
            case 0: LoopbackBatchAPI.Plan("cancelled") { index, _ in index < 3 ? .answer("x") : .missing }
            case 1: LoopbackBatchAPI.Plan { index, _ in index == 0 ? .missing : .answer("x") }
            default: LoopbackBatchAPI.Plan()
            }
        }
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        #expect(try await playground.work() == .finished)
        #expect(server.batches.map(\.count) == [10, 7, 1])
        #expect(try await playground.status()[.done] == 10)
        #expect(server.answered.values.allSatisfy { $0 == 1 })
        #expect(try await playground.isSettled())
    }

    @Test func `gives up an item that never comes`() async throws {
        let server = try LoopbackBatchAPI { _, _ in LoopbackBatchAPI.Plan("expired") { _, _ in .missing } }
        let playground = try await BatchAPIPlayground(["a"], server: server)
        #expect(try await playground.work() == .finished)
        #expect(server.batches.count == 3)
        let item = try #require(try await playground.items().first)
        #expect(item.state == .failed && item.error?.contains("expired") == true)
    }

    @Test func `fails the lines that the validation names, and sends the others`() async throws {
        let server = try LoopbackBatchAPI { number, _ in
            guard number == 0 else { return LoopbackBatchAPI.Plan() }
            return LoopbackBatchAPI.Plan(
                "failed",
                problems: [
                    ["code": "invalid_json_line", "line": 2, "message": "Bad line."],
                    ["code": "invalid_request", "line": 5, "message": "Worse line."],
                ])
        }
        let playground = try await BatchAPIPlayground(["unsendable"] + Self.prompts, server: server)
        #expect(try await playground.work() == .finished)
        let failed = try await playground.items().filter { $0.state == .failed }
        #expect(failed.map(\.name) == ["unsendable", "prompt 1", "prompt 4"])
        #expect(failed[0].error == "it cannot be sent")
        #expect(failed[1].error?.contains("Bad line.") == true)
        #expect(server.batches.map(\.count) == [10, 8])
        #expect(try await playground.isSettled())
    }

    @Test func `fails all that a validation refuses as a whole`() async throws {
        let server = try LoopbackBatchAPI { _, _ in
            LoopbackBatchAPI.Plan("failed", problems: [["code": "model_not_found", "message": "No such model."]])
        }
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        #expect(try await playground.work() == .finished)
        #expect(server.batches.count == 1)
        #expect(try await playground.items().allSatisfy { $0.error?.contains("No such model.") == true })
        #expect(try await playground.status()[.failed] == 10)
    }

    @Test func `sends fewer at a time to an endpoint that is full`() async throws {
        let server = try LoopbackBatchAPI { _, lines in
            guard lines.count > 2 else { return LoopbackBatchAPI.Plan() }
            return LoopbackBatchAPI.Plan(
                "failed", problems: [["code": "token_limit_exceeded", "message": "Enqueued token limit reached."]])
        }
        let playground = try await BatchAPIPlayground((0..<20).map { "p\($0)" }, server: server)
        #expect(try await playground.work() == .finished)
        #expect(server.batches[0].count == 20)
        #expect(server.batches.dropFirst().allSatisfy { $0.count <= 2 })
        #expect(try await playground.status()[.done] == 20)
        #expect(server.answered.values.allSatisfy { $0 == 1 })
    }

    @Test func `does not ask an endpoint for ever that is full for a single prompt`() async throws {
        let server = try LoopbackBatchAPI { _, _ in
            LoopbackBatchAPI.Plan("failed", problems: [["code": "token_limit_exceeded", "message": "Full."]])
        }
        let playground = try await BatchAPIPlayground(["a", "b"], server: server)
        #expect(try await playground.work() == .finished)
        #expect(try await playground.status()[.failed] == 2)
    }

    @Test(arguments: ["POST /files", "POST /batches"], [0, 1])
    func `pauses when the endpoint wants money, and goes on after`(call: String, isBilling: Int) async throws {
        let server = try LoopbackBatchAPI()
        let refusal =
            isBilling == 1
            ? LoopbackOpenAI.error(400, "Billing hard limit has been reached.", code: "billing_hard_limit_reached")
            : LoopbackOpenAI.error(429, "No money.", code: "insufficient_quota")
        server.fail(call, .instead(refusal))
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        guard case .paused(let reason) = try await playground.work() else {
            Issue.record("not paused")
            return
        }
        #expect(reason.contains("add credit"))
        #expect(try await playground.status()[.pending] == 10)
        try await playground.store.reopen(playground.batch)
        #expect(try await playground.work() == .finished)
        #expect(server.answered.count == 10)
        #expect(try await playground.isSettled())
    }

    @Test func `takes what is paid for before it pauses`() async throws {
        let server = try LoopbackBatchAPI { number, _ in
            LoopbackBatchAPI.Plan { index, _ in
                number == 0 && index >= 5 ? .refused(429, code: "insufficient_quota") : .answer("x")
            }
        }
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        guard case .paused = try await playground.work() else {
            Issue.record("not paused")
            return
        }
        let status = try await playground.status()
        #expect((status[.done], status[.pending], status[.running]) == (5, 5, 0))
        try await playground.store.reopen(playground.batch)
        #expect(try await playground.work() == .finished)
        #expect(server.answered.values.allSatisfy { $0 == 1 })
    }

    @Test func `keeps to the money, with what lies at the endpoint reserved`() async throws {
        let server = try LoopbackBatchAPI()
        var playground = try await BatchAPIPlayground(Self.prompts, maxCost: 0.12, server: server)
        playground.maxOutputTokens = 50
        #expect(try await playground.work() == .outOfMoney)
        let status = try await playground.status()
        #expect(status.spent <= 0.12 && status[.done] >= 2 && status[.pending] > 0)
        #expect(abs(status.spent - 0.02 * Double(status[.done])) < 1e-9)
        #expect(server.batches.flatMap { $0 }.allSatisfy { $0.body["max_completion_tokens"] == 50 })
        #expect(try await playground.isSettled())
    }

    @Test func `says that an endpoint has no Batch API, and gives the prompts back`() async throws {
        let server = try LoopbackBatchAPI()
        server.fail("POST /files", .instead(.text("not here", status: 404)))
        let playground = try await BatchAPIPlayground(Self.prompts, server: server)
        guard case .paused(let reason) = try await playground.work() else {
            Issue.record("not paused")
            return
        }
        #expect(reason.contains("has no Batch API"))
        #expect(try await playground.status()[.pending] == 10)
    }
}
