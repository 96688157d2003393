import Assistant
import FoundationEssentials
import JSON
import TestSupport
import Testing

@testable import OpenAI

struct `A client of the Batch API` {
    static let request = ChatRequest(messages: [.system("Be short."), .user("Hello\nthere")], tools: [])

    static func file(_ lines: [String]) throws -> (TemporaryDirectory, String) {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/lines.jsonl"
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
        return (directory, path)
    }

    static func lines(of content: RemoteContent?) async throws -> [String] {
        var lines: [String] = []
        while let line = try await content?.nextLine() { lines.append(String(decoding: line, as: UTF8.self)) }
        return lines
    }

    @Test func `writes a line as the chat endpoint would be asked, on one line`() throws {
        let text = ChatBatchLine.text(id: "7-1", request: Self.request, model: "m")
        #expect(!text.contains("\n"))
        let line = try JSON(parsing: text)
        #expect(line["custom_id"] == "7-1")
        #expect(line["url"] == "/v1/chat/completions")
        let model = OpenAIChatModel(client: .quick("http://127.0.0.1:1/v1"), model: "m", streams: false)
        #expect(line["body"]?.description == model.payload(of: Self.request))
    }

    @Test func `uploads, finds by name, makes, finds by metadata, polls, reads and removes`() async throws {
        let server = try LoopbackBatchAPI(pageSize: 1)
        let client = OpenAIClient.quick(server.baseURL)
        let (directory, path) = try Self.file([ChatBatchLine.text(id: "a", request: Self.request, model: "m")])
        let ages = Date(timeIntervalSince1970: 0)
        for name in ["one", "two", "three"] { _ = try await client.uploadForBatch(path, name: name) }
        let file = try #require(try await client.batchFile(named: "one", since: ages))
        #expect(file.id == "file-0")
        #expect(try await client.batchFile(named: "four", since: ages) == nil)
        let made = try await client.createBatch(ofFile: file.id, metadata: ["vocero": "x"])
        _ = try await client.createBatch(ofFile: file.id, metadata: ["vocero": "y"])
        #expect(try await client.batches(with: ("vocero", "x"), since: ages).map(\.id) == [made.id])
        #expect(try await client.batches(with: ("vocero", "z"), since: ages).isEmpty)
        #expect(try await client.batch(made.id)?.status == .inProgress)
        let ended = try #require(try await client.batch(made.id))
        #expect(ended.status == .completed)
        #expect(ended.errorFile == nil)
        let lines = try await Self.lines(of: try await client.content(of: try #require(ended.outputFile)))
        let result = try #require(client.batchResult(of: Array(lines[0].utf8), model: "m"))
        #expect(try result.outcome.get().text == "Answer to Hello\nthere")
        #expect(try result.outcome.get().usage == Usage(inputTokens: 100, outputTokens: 50))
        try await client.deleteFile(file.id)
        try await client.deleteFile(file.id)
        #expect(try await client.content(of: file.id) == nil)
        #expect(try await client.batch("batch_9") == nil)
        withExtendedLifetime(directory) {}
    }

    @Test(arguments: ["POST /files", "POST /batches"])
    func `does not send twice what might be done twice`(call: String) async throws {
        let server = try LoopbackBatchAPI()
        let (directory, path) = try Self.file(["{}"])
        let client = OpenAIClient.quick(server.baseURL)
        let file = try await client.uploadForBatch(path, name: "x")
        for fault in [LoopbackBatchAPI.Fault.after(.close), .instead(LoopbackOpenAI.error(500, "no"))] {
            server.fail(call, fault)
            await #expect(throws: EngineError.self) {
                if call == "POST /files" {
                    _ = try await client.uploadForBatch(path, name: "x")
                } else {
                    _ = try await client.createBatch(ofFile: file.id, metadata: [:])
                }
            }
        }
        #expect(server.count(call) == (call == "POST /files" ? 3 : 2))
        withExtendedLifetime(directory) {}
    }

    @Test(arguments: [404, 405, 501]) func `says that a server has no Batch API`(status: Int) async throws {
        let server = try LoopbackServer { _ in .text("nothing here", status: status) }
        let (directory, path) = try Self.file(["{}"])
        let error = await #expect(throws: EngineError.self) {
            try await OpenAIClient.quick(server).uploadForBatch(path, name: "x")
        }
        #expect(error?.kind == .configuration)
        #expect(error?.message.contains("has no Batch API") == true)
        withExtendedLifetime(directory) {}
    }

    @Test func `cancels, also what has ended, and says when it is not known`() async throws {
        let server = try LoopbackBatchAPI()
        let client = OpenAIClient.quick(server.baseURL)
        let (directory, path) = try Self.file(["{}"])
        let file = try await client.uploadForBatch(path, name: "x")
        let batch = try await client.createBatch(ofFile: file.id, metadata: [:])
        #expect(try await client.cancelBatch(batch.id)?.status == .cancelling)
        server.endAll()
        server.fail("POST /batches/*", .instead(LoopbackOpenAI.error(409, "it has ended")), times: 3)
        #expect(try await client.cancelBatch(batch.id)?.status == .cancelled)
        #expect(try await client.cancelBatch("batch_9") == nil)
        withExtendedLifetime(directory) {}
    }

    @Test func `reads lines however they are cut, without their ends and the empty ones`() async throws {
        let text = "{\"a\":1}\n\n{\"b\":\"é\"}\r\n   \nlast"
        let pieces = text.utf8.map { LoopbackReply.Piece([$0]) }
        let server = try LoopbackServer { _ in .stream(pieces: pieces) }
        let content = try await OpenAIClient.quick(server).content(of: "f")
        #expect(try await Self.lines(of: content) == ["{\"a\":1}", "{\"b\":\"é\"}\r", "last"])
    }

    @Test func `says when a file broke off`() async throws {
        let server = try LoopbackServer { _ in .short(body: Array("{}\n{}\n{".utf8), length: 100) }
        let content = try #require(try await OpenAIClient.quick(server).content(of: "f"))
        #expect(try await content.nextLine() == Array("{}".utf8))
        let error = await #expect(throws: EngineError.self) {
            while try await content.nextLine() != nil {}
        }
        #expect(error?.kind == .unavailable)
    }

    @Test(arguments: [
        (
            #"{"custom_id":"a","response":{"status_code":400,"body":{"error":{"message":"No."}}},"error":null}"#,
            "refused"
        ),
        (#"{"custom_id":"a","response":{"status_code":500,"body":{}}}"#, "unavailable"),
        (#"{"custom_id":"a","response":{"status_code":429,"body":{"error":{"code":"insufficient_quota"}}}}"#, "quota"),
        (#"{"custom_id":"a","response":{"status_code":429,"body":{"error":{"code":"slow_down"}}}}"#, "rateLimited"),
        (#"{"custom_id":"a","response":{"status_code":200,"body":{"choices":[]}}}"#, "malformed"),
        (#"{"custom_id":"a","response":{"status_code":200}}"#, "malformed"),
        (#"{"custom_id":"a","response":null,"error":{"code":"batch_expired","message":"Too late."}}"#, "unavailable"),
        (#"{"custom_id":"a","error":{"code":"server_error"}}"#, "unavailable"),
        (#"{"custom_id":"a","error":{"code":"invalid_request_error","message":"No."}}"#, "refused"),
        (#"{"custom_id":"a"}"#, "unavailable"), (#"{"custom_id":"a","response":5,"error":7}"#, "unavailable"),
    ]) func `reads what a line failed of`(line: String, kind: String) throws {
        let result = try #require(OpenAIClient.quick("http://x/v1").batchResult(of: Array(line.utf8), model: "m"))
        guard case .failure(let error) = result.outcome else {
            Issue.record("no failure")
            return
        }
        #expect("\(error.kind)" == kind)
        #expect(result.wasNotTried == line.contains("batch_expired"))
    }

    @Test(arguments: ["", "null", "[]", "{", #"{"custom_id":5}"#, #"{"response":{"status_code":200}}"#])
    func `passes over lines that say nothing of whose they are`(line: String) {
        #expect(OpenAIClient.quick("http://x/v1").batchResult(of: Array(line.utf8), model: "m") == nil)
    }

    @Test(arguments: ["", "a b", "a\u{1b}[2J", "é", String(repeating: "x", count: 201)])
    func `takes no id that could not be shown`(id: String) {
        #expect(RemoteBatch(["id": .string(id), "status": "failed"], key: nil) == nil)
        #expect(RemoteFile(["id": .string(id)]) == nil)
    }

    @Test func `tells what is wrong with a file`() throws {
        let json: JSON = [
            "id": "b", "status": "failed",
            "errors": [
                "data": [
                    ["code": "token_limit_exceeded", "message": "Enqueued."],
                    ["code": "invalid_json_line", "line": 3, "message": "Broken\u{1b}[2J."],
                    ["code": "billing_hard_limit_reached"], ["code": "model_not_found", "line": nil], "odd",
                ]
            ],
        ]
        let batch = try #require(RemoteBatch(json, key: nil))
        #expect(batch.problems.map(\.kind) == [.crowded, .line(3), .quota, .whole, .whole])
        #expect(batch.problems.map(\.message).allSatisfy { !$0.isEmpty && !$0.contains("\u{1b}") })
    }
}
