import Assistant
import HTTP
import JSON
import OpenAI
import TestSupport
import Testing

struct `The loopback OpenAI server` {
    let server: LoopbackOpenAI
    let client: OpenAIClient

    init() throws {
        server = try LoopbackOpenAI(key: "sk-test")
        client = OpenAIClient(
            endpoint: OpenAIEndpoint(baseURL: server.baseURL, key: "sk-test", organization: "org-1", project: "proj-1"),
            http: HTTPClient(userAgent: "vocero-tests"))
    }

    static let conversation = ChatRequest(
        messages: [
            .system("You answer."), .user("What was done?"),
            .assistant(text: nil, calls: [ToolCall(id: "call_1", name: "git_log", arguments: "{\"count\":3}")]),
            .tool(callID: "call_1", content: "[]"), .assistant(text: "Nothing.", calls: []), .user("Sure?"),
        ],
        tools: [
            ToolDescription(
                name: "git_log", summary: "Lists commits.",
                parameters: ["type": "object", "properties": ["count": ["type": "integer"]]])
        ], maxOutputTokens: 500)

    @Test(arguments: [true, false]) func `answers a conversation, streamed or whole`(streams: Bool) async throws {
        server.answer(ChatAnswer("Yes, I am.", promptTokens: 7, completionTokens: 3))
        let model = OpenAIChatModel(client: client, model: "gpt-4.1-mini", streams: streams)
        let response = try await model.respond(to: Self.conversation) { _ in }
        #expect(response.text == "Yes, I am.")
        #expect(response.calls.isEmpty)
        #expect(response.finishReason == "stop")
        #expect(response.usage == Usage(inputTokens: 7, outputTokens: 3))
        #expect(response.model == "gpt-4.1-mini")
        #expect(response.requestID == "req_1")
        #expect(server.requests.first?.headers["openai-organization"] == "org-1")
        #expect(server.requests.first?.headers["openai-project"] == "proj-1")
    }

    @Test(arguments: [true, false]) func `calls tools, streamed or whole`(streams: Bool) async throws {
        server.answer(
            .calls([
                .init("git_log", ["count": 3]), .init("file_read", ["path": "a b"]),
                .init("odd", text: "not json at all"),
            ]))
        let model = OpenAIChatModel(client: client, model: "gpt-4.1-mini", streams: streams)
        let response = try await model.respond(to: Self.conversation) { _ in }
        #expect(response.text == nil)
        #expect(response.finishReason == "tool_calls")
        #expect(response.calls.map(\.name) == ["git_log", "file_read", "odd"])
        #expect(response.calls.map(\.arguments) == [#"{"count":3}"#, #"{"path":"a b"}"#, "not json at all"])
        #expect(Set(response.calls.map(\.id)).count == 3)
    }

    @Test func `answers by what is asked`() async throws {
        let server = try LoopbackOpenAI { body in .text(body["messages"]?[0]?["content"]?.string ?? "") }
        let client = OpenAIClient(
            endpoint: OpenAIEndpoint(baseURL: server.baseURL, key: nil), http: HTTPClient(userAgent: "vocero-tests"))
        let response = try await OpenAIChatModel(client: client, model: "m").respond(
            to: ChatRequest(messages: [.user("echo")], tools: [])
        ) { _ in }
        #expect(response.text == "echo")
    }

    @Test func `puts texts with common words near each other`() async throws {
        let embedder = OpenAIEmbedder(client: client, model: "text-embedding-3-small")
        let vectors = try await embedder.embed(
            ["fix the parser of commits", "who fixed the parser", "bananas are yellow"], purpose: .passage)
        func similarity(_ left: Int, _ right: Int) -> Float {
            zip(vectors[left], vectors[right]).reduce(0) { $0 + $1.0 * $1.1 }
        }
        #expect(vectors.map(\.count) == [1536, 1536, 1536])
        #expect(similarity(0, 1) > similarity(0, 2) + 0.2)
        #expect(vectors[0] == WordVectors.vector("Fix the parser, of commits!"))
    }

    @Test func `hears what it is told`() async throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("voice.flac", "fLaC and so on")
        server.hear(ScriptedTranscript("Hola.", segments: [(start: 0.5, end: 1.5, text: "Hola.")]))
        let piece = try await OpenAITranscriber(client: client, model: "whisper-1").transcribe(
            TranscriptionRequest(path: path, language: "es", hint: "Repositorio: ramas.", wantsSegments: true))
        #expect(piece.text == "Hola.")
        #expect(piece.segments == [TimedSegment(start: 0.5, end: 1.5, text: "Hola.")])
    }

    @Test func `lists its models`() async throws {
        #expect(try await client.models() == ["gpt-4.1-mini", "text-embedding-3-small", "whisper-1"])
    }

    @Test func `refuses another key`() async throws {
        let stranger = OpenAIClient(
            endpoint: OpenAIEndpoint(baseURL: server.baseURL, key: "sk-other"),
            http: HTTPClient(userAgent: "vocero-tests"))
        let error = await #expect(throws: EngineError.self) { try await stranger.models() }
        #expect(error?.kind == .configuration)
        #expect(error?.requestID == "req_1")
    }
}
