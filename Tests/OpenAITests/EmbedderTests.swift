import Assistant
import JSON
import TestSupport
import Testing

@testable import OpenAI

struct `An embedder` {
    @Test func `keeps to 2048 texts a request and joins the answers in order`() async throws {
        let server = try LoopbackOpenAI(dimensions: 16)
        let texts = (0..<4100).map { "text \($0)" }
        let vectors = try await OpenAIEmbedder(client: .quick(server.baseURL), model: "m").embed(texts, purpose: .query)
        #expect(server.bodies("/embeddings").map { $0["input"]?.array?.count } == [2048, 2048, 4])
        #expect(vectors == texts.map { WordVectors.vector($0, dimensions: 16) })
    }

    @Test func `keeps to 300,000 tokens a request`() {
        let batches = EmbeddingBatches(mostTokensEach: 8192, measure: .estimate)
            .batches(of: Array(repeating: String(repeating: "ab ", count: 8000), count: 80))
        #expect(batches.map(\.count) == [37, 37, 6])
    }

    static let texts = [
        String(repeating: "word and ", count: 20_000), String(repeating: "ñ", count: 20_000),
        String(repeating: "👩‍👩‍👧‍👦", count: 5000), "a" + String(repeating: "\u{301}", count: 50_000),
        String(repeating: "e\u{301}", count: 30_000), String(repeating: "\n", count: 90_000),
    ]

    @Test(arguments: texts.indices, [EmbeddingBatches.Measure.estimate, .bytes])
    func `cuts a text that is too long at a character`(row: Int, measure: EmbeddingBatches.Measure) throws {
        let text = Self.texts[row]
        let cut = try #require(
            EmbeddingBatches(mostTokensEach: 8192, measure: measure).batches(of: [text]).first?.first)
        #expect(!cut.isEmpty)
        #expect(text.unicodeScalars.starts(with: cut.unicodeScalars))
        #expect(measure == .bytes ? cut.utf8.count <= 8192 : TokenEstimate.tokens(in: cut) <= 8192)
        // As much as fits, but for the character that does not.
        #expect(measure == .bytes ? cut.utf8.count > 8160 : TokenEstimate.tokens(in: cut) > 8180)
        if row != 3 { #expect(text.hasPrefix(cut)) }
    }

    @Test func `sends no empty text`() async throws {
        let server = try LoopbackOpenAI()
        let vectors = try await OpenAIEmbedder(client: .quick(server.baseURL), model: "m").embed(
            ["", "a", ""], purpose: .passage)
        #expect(vectors.count == 3)
        #expect(server.bodies("/embeddings").first?["input"] == [" ", "a", " "])
    }

    @Test func `asks nothing for no texts`() async throws {
        let server = try LoopbackOpenAI()
        #expect(try await OpenAIEmbedder(client: .quick(server.baseURL), model: "m").embed([], purpose: .query) == [])
        #expect(server.requests.isEmpty)
    }

    @Test func `cuts to bytes when the estimate was too low`() async throws {
        let server = try LoopbackServer { request in
            let texts = request.json?["input"]?.array?.compactMap(\.string) ?? []
            guard texts.allSatisfy({ $0.utf8.count <= 8192 }) else {
                return .json(errorBody("maximum context length is 8192 tokens"), status: 400)
            }
            return .json(["data": .array(texts.map { _ in ["embedding": [1, 0]] })])
        }
        let hash = String(repeating: "0f9e", count: 5000)
        let vectors = try await OpenAIEmbedder(client: .quick(server), model: "m").embed([hash, "b"], purpose: .query)
        #expect(vectors == [[1, 0], [1, 0]])
        #expect(server.requests.count == 2)
    }

    @Test func `does not ask again when cutting changes nothing`() async throws {
        let server = try LoopbackServer { _ in .json(errorBody("no"), status: 400) }
        await #expect(throws: EngineError.self) {
            try await OpenAIEmbedder(client: .quick(server), model: "m").embed(["a"], purpose: .query)
        }
        #expect(server.requests.count == 1)
    }

    @Test(arguments: [
        #"{"data":[{"index":1,"embedding":[0,1]},{"index":0,"embedding":[1.0,0]}]}"#,
        #"{"data":[{"index":1,"embedding":"AAAAAAAAgD8="},{"index":0,"embedding":"AACAPwAAAAA="}],"usage":null}"#,
        #"{"data":[{"embedding":[1,0]},{"embedding":"AAAAAAAAgD8="}],"model":null}"#,
    ]) func `reads base64 and floats, ordered by index`(body: String) async throws {
        let server = try LoopbackServer { _ in .text(body) }
        let vectors = try await OpenAIEmbedder(client: .quick(server), model: "m").embed(["a", "b"], purpose: .query)
        #expect(vectors == [[1, 0], [0, 1]])
        #expect(server.requests.first?.json?["encoding_format"] == "base64")
        #expect(server.requests.first?.json?["dimensions"] == nil)
    }

    @Test func `refuses vectors whose length changes between requests`() async throws {
        let server = try LoopbackServer { request in
            let count = request.json?["input"]?.array?.count ?? 0
            let vector: JSON = count == 2048 ? [1, 0] : [1, 0, 0]
            return .json(["data": .array(Array(repeating: ["embedding": vector], count: count))])
        }
        let error = await #expect(throws: EngineError.self) {
            try await OpenAIEmbedder(client: .quick(server), model: "m").embed(
                Array(repeating: "a", count: 2050), purpose: .query)
        }
        #expect(error?.kind == .malformed)
    }

    @Test(arguments: [
        ("multilingual-e5-large", "query: a", "passage: a"), ("intfloat/E5-base-v2", "query: a", "passage: a"),
        ("text-embedding-3-small", "a", "a"), ("some5model", "a", "a"), ("nomic-embed-text", "a", "a"),
    ]) func `tells models of the E5 family what a text is for`(model: String, query: String, passage: String)
        async throws
    {
        let server = try LoopbackOpenAI()
        let embedder = OpenAIEmbedder(client: .quick(server.baseURL), model: model)
        _ = try await embedder.embed(["a"], purpose: .query)
        _ = try await embedder.embed(["a"], purpose: .passage)
        #expect(server.bodies("/embeddings").map { $0["input"]?[0]?.string } == [query, passage])
    }

    @Test func `leaves the prefix to a server that takes the purpose from the name`() async throws {
        let server = try LoopbackOpenAI()
        let embedder = OpenAIEmbedder(
            client: .quick(server.baseURL), model: "multilingual-e5-small", purposeNames: ("e5-query", "e5-passage"))
        _ = try await embedder.embed(["a"], purpose: .query)
        _ = try await embedder.embed(["a"], purpose: .passage)
        #expect(server.bodies("/embeddings").map { $0["input"]?[0]?.string } == ["a", "a"])
        #expect(server.bodies("/embeddings").map { $0["model"]?.string } == ["e5-query", "e5-passage"])
        #expect(embedder.model == "multilingual-e5-small")
    }

    @Test func `keeps usage and request id`() async throws {
        let server = try LoopbackOpenAI(dimensions: 4)
        let answer = try await OpenAIClient.quick(server.baseURL).embeddings(of: ["four"], model: "m")
        #expect(answer.usage.inputTokens == 2)
        #expect(answer.requestID == "req_1")
        #expect(answer.model == "m")
    }
}
