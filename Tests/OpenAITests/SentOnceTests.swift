import Assistant
import HTTP
import JSON
import OpenAI
import Synchronization
import TestSupport
import Testing

struct `A question that was sent` {
    private static func client(_ url: String, idle: Duration = .milliseconds(150)) -> OpenAIClient {
        OpenAIClient(
            endpoint: OpenAIEndpoint(baseURL: url, key: nil), http: HTTPClient(userAgent: "vocero-tests"), attempts: 5,
            deadlines: HTTPDeadlines(idle: idle, total: .seconds(20)), firstWait: .milliseconds(2))
    }

    /// What goes wrong for ever, and how often the question is sent.
    static let losses: [(name: String, reply: LoopbackReply, sent: Int)] = [
        ("hangs", .hang, 2), ("resets", .reset, 2), ("closes", .close, 2),
        ("breaks off before an answer", .raw(Array("HTTP/1.1 200 OK\r\nContent-Le".utf8)), 2),
        ("a gateway that waited in vain", .text("late", status: 504), 2),
        ("the same of another", .text("", status: 524), 2),
        ("a failure that says so", .text("", status: 500), 5), ("busy", .text("", status: 503), 5),
        ("too many", .text("", status: 429), 5), ("no", .text("", status: 400), 1),
    ]

    @Test(arguments: losses.indices, [true, false])
    func `is sent once more at most when it may have been answered`(row: Int, streams: Bool) async throws {
        let (_, reply, sent) = Self.losses[row]
        let server = try LoopbackServer { _ in reply }
        let model = OpenAIChatModel(client: Self.client(server.url + "/v1"), model: "m", streams: streams)
        let error = await #expect(throws: EngineError.self) {
            try await model.respond(to: `A chat model`.request) { _ in }
        }
        #expect(server.requests.count == sent, "\(error?.message ?? "")")
        if sent == 2 { #expect(error?.lostAnswers == 2 && error?.mayHaveCost == true) }
        if sent == 5 { #expect(error?.lostAnswers == 0 && error?.mayHaveCost == false) }
    }

    @Test func `is sent as often as it takes when nobody was there`() async throws {
        let server = try LoopbackServer { _ in .text("") }
        let url = server.url + "/v1"
        server.stop()
        let waits = Mutex(0)
        let client = OpenAIClient(
            endpoint: OpenAIEndpoint(baseURL: url, key: nil), http: HTTPClient(userAgent: "vocero-tests"), attempts: 4,
            firstWait: .milliseconds(2)
        ) { _, _, _ in waits.withLock { $0 += 1 } }
        let error = await #expect(throws: EngineError.self) {
            try await OpenAIChatModel(client: client, model: "m").respond(to: `A chat model`.request) { _ in }
        }
        #expect(waits.withLock { $0 } == 3)
        #expect(error?.wasNotReached == true && error?.mayHaveCost == false && error?.lostAnswers == 0)
    }

    @Test func `counts an answer that was lost with the one that came`() async throws {
        let count = Mutex(0)
        let server = try LoopbackServer { _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            return number == 1
                ? .reset
                : .events([
                    #"{"choices":[{"delta":{"content":"Done."},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000000,"completion_tokens":0}}"#,
                    "[DONE]",
                ])
        }
        var prices = ModelPrices.listed
        prices.set("m", input: 2, output: 8)
        let agent = Agent(name: "assistant", summary: "Helps.", instructions: "Help.", families: [])
        let assistant = Assistant(
            model: OpenAIChatModel(client: Self.client(server.url + "/v1"), model: "m"),
            roster: AgentRoster(orchestrator: agent, delegates: []), tools: [], journal: NullJournal(),
            approver: AbsentApprover(), prices: prices)
        let answer = await assistant.handle(Request(text: "hi"))
        #expect(answer.text == "Done.")
        #expect(answer.costInUSD == 4)
    }

    @Test(arguments: [true, false]) func `waits as long as a refusal says, where only its body does`(
        streams: Bool
    ) async throws {
        let count = Mutex(0)
        let server = try LoopbackServer { _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            if number == 1 {
                return .json(
                    ["error": ["message": "Please try again in 0.05 s.", "code": "rate_limit_exceeded"]], status: 429)
            }
            return Deviation.body(#"{"content":"Done."}"#, #""stop""#, "")
        }
        let waits = Mutex<[Duration]>([])
        let client = OpenAIClient(
            endpoint: OpenAIEndpoint(baseURL: server.url + "/v1", key: nil), http: HTTPClient(userAgent: "vocero-tests")
        ) { _, wait, _ in waits.withLock { $0.append(wait) } }
        let model = OpenAIChatModel(client: client, model: "m", streams: streams)
        #expect(try await model.respond(to: `A chat model`.request) { _ in }.text == "Done.")
        #expect(waits.withLock { $0 } == [.milliseconds(50)])
    }

    /// An error where the answer should be: asked again when nothing was said before it, and it may pass.
    @Test(arguments: [
        (#"{"error":{"code":429,"message":"Slow down."}}"#, false, 5),
        (#"{"error":{"code":502,"message":"Away."}}"#, false, 5),
        (#"{"error":{"code":502,"message":"Away."}}"#, true, 1), (#"{"error":{"code":400,"message":"No."}}"#, false, 1),
        (#"{"choices":[{"delta":{},"finish_reason":"error"}]}"#, false, 2),
    ]) func `is sent again when an answer breaks off before its first word`(
        last: String, hasSpoken: Bool, sent: Int
    ) async throws {
        let words = #"{"choices":[{"delta":{"content":"Half"}}]}"#
        let server = try LoopbackServer { _ in .events((hasSpoken ? [words] : []) + [last, "[DONE]"]) }
        let model = OpenAIChatModel(client: Self.client(server.url + "/v1"), model: "m")
        await #expect(throws: EngineError.self) { try await model.respond(to: `A chat model`.request) { _ in } }
        #expect(server.requests.count == sent)
    }
}
