import Assistant
import JSON
import OpenAI
import Synchronization
import TestSupport
import Testing

struct `A chat model` {
    static let request = ChatRequest(messages: [.user("Hello")], tools: [])

    static func ask(_ reply: LoopbackReply, streams: Bool = true) async throws -> ChatResponse {
        let server = try LoopbackServer { _ in reply }
        let model = OpenAIChatModel(client: .quick(server), model: "m", streams: streams)
        return try await model.respond(to: request) { _ in }
    }

    @Test func `tells the text as it comes`() async throws {
        let server = try LoopbackOpenAI()
        server.answer(ChatAnswer("One two three", delay: .milliseconds(1)))
        let pieces = Mutex<[String]>([])
        let model = OpenAIChatModel(client: .quick(server.baseURL), model: "m")
        let response = try await model.respond(to: Self.request) { piece in pieces.withLock { $0.append(piece) } }
        #expect(pieces.withLock { $0 } == ["One", " two", " three"])
        #expect(response.text == "One two three")
    }

    @Test func `asks in the form that all servers take`() async throws {
        let server = try LoopbackOpenAI()
        server.answer(.text("ok"))
        let tool = ToolDescription(name: "t", summary: "Does.", parameters: ["type": "object"])
        let messages: [ChatMessage] = [
            .assistant(text: nil, calls: [ToolCall(id: "c", name: "t", arguments: "{broken")]),
            .tool(callID: "c", content: "no"), .assistant(text: nil, calls: []),
        ]
        _ = try await OpenAIChatModel(client: .quick(server.baseURL), model: "m").respond(
            to: ChatRequest(messages: messages, tools: [tool], maxOutputTokens: 9)
        ) { _ in }
        let body = try #require(server.bodies("/chat/completions").first)
        #expect(body["tool_choice"] == nil)
        #expect(body["stream_options"] == ["include_usage": true])
        #expect(body["max_completion_tokens"] == 9)
        #expect(body["tools"]?[0]?["function"]?["parameters"] == ["type": "object"])
        #expect(body["messages"]?[0]?["content"] == .null)
        let quoted = body["messages"]?[0]?["tool_calls"]?[0]?["function"]?["arguments"]?.string ?? ""
        #expect(try JSON(parsing: quoted) == ["not_an_object": "{broken"])
        #expect(body["messages"]?[2] == ["role": "assistant", "content": ""])
        #expect(server.requests.first?.headers["authorization"] == nil)
    }

    @Test func `reads a whole answer where a stream was asked for`() async throws {
        let body = #"{"choices":[{"message":{"content":"whole"},"finish_reason":"stop"}]}"#
        #expect(try await Self.ask(.text(body, contentType: "application/json")).text == "whole")
    }

    @Test(arguments: [
        #"{"choices":[{"message":{"content":"a"}}]}"#,
        #"{"choices":[{"message":{"content":"a","tool_calls":null},"finish_reason":"stop"}],"usage":null,"model":5}"#,
        #"{"choices":[{"message":{"content":[{"type":"text","text":"a"}]}}],"new":{"field":1}}"#,
        #"{"choices":[{"message":{"content":null,"refusal":"a"}}],"error":null}"#,
    ]) func `tolerates what compatible servers leave out`(body: String) async throws {
        let response = try await Self.ask(.text(body), streams: false)
        #expect(response.text == "a")
        #expect(response.usage == Usage())
        #expect(response.model == "m")
    }

    @Test func `takes calls without id, with arguments as an object, without arguments`() async throws {
        let calls = #"[{"function":{"name":"a","arguments":{"k":1}}},{"id":"","function":{"name":"b"}},{"id":"z"}]"#
        let body = #"{"choices":[{"message":{"content":null,"tool_calls":\#(calls)}}]}"#
        let response = try await Self.ask(.text(body), streams: false)
        #expect(
            response.calls == [
                ToolCall(id: "call_0", name: "a", arguments: #"{"k":1}"#),
                ToolCall(id: "call_1", name: "b", arguments: ""), ToolCall(id: "z", name: "", arguments: ""),
            ])
        #expect(response.finishReason == "tool_calls")
    }

    @Test func `does not wait for a server that keeps a finished stream open`() async throws {
        let events = [#"{"choices":[{"delta":{"content":"done"},"finish_reason":"stop"}]}"#, "[DONE]"]
        #expect(try await Self.ask(.events(events, ending: .hang)).text == "done")
        #expect(try await Self.ask(.events(events, ending: .reset)).text == "done")
    }

    @Test func `takes an end that lacks its empty line`() async throws {
        let text = #"data:{"choices":[{"delta":{"content":"done"},"finish_reason":"stop"}]}"# + "\r\n\r\ndata: [DONE]"
        #expect(try await Self.ask(.stream(pieces: [.init(text)])).text == "done")
    }

    @Test func `uses its connection again`() async throws {
        let server = try LoopbackOpenAI { _ in .text("again") }
        let model = OpenAIChatModel(client: .quick(server.baseURL), model: "m")
        for _ in 0..<3 { _ = try await model.respond(to: Self.request) { _ in } }
        #expect(server.connectionCount == 1)
    }

    @Test func `stops when it is cancelled`() async throws {
        let server = try LoopbackOpenAI()
        server.answer(ChatAnswer("a b c d e f g h", delay: .seconds(3)))
        let (pieces, piece) = AsyncStream.makeStream(of: String.self)
        let model = OpenAIChatModel(client: .quick(server.baseURL), model: "m")
        let task = Task { try await model.respond(to: Self.request) { piece.yield($0) } }
        for await _ in pieces { break }
        task.cancel()
        let error = await #expect(throws: EngineError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(await server.waitForAbandoned())
    }
}
