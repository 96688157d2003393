import Assistant
import FoundationEssentials
import JSON
import Postgres
import Store
import Testing

@testable import Memory

struct `Search` {
    @Test func `finds by meaning and by words, the best first`() async throws {
        let embedder = WordEmbedder()
        let memory = try await MemoryFixture.make(embedder: embedder)
        try await memory.turn("rename the module", "renamed", embedder: embedder)
        let wanted = try await memory.turn(
            "why does parseHTTPResponse fail on chunked answers?", "It reads past the end.", session: .new,
            repository: "acme/other", embedder: embedder)
        let hits = try await memory.store.search("http response chunked")
        #expect(hits.first?.message.run == wanted.run)
        #expect(hits.first?.matchedWords == 3)
        #expect((hits.first?.similarity ?? 0) > 0.3)
        #expect(hits.first?.message.repository == "acme/other")
    }

    @Test func `finds by words what has no embedding yet`() async throws {
        let memory = try await MemoryFixture.make(embedder: WordEmbedder())
        let wanted = try await memory.turn("tune the retry_policy", "done")
        let hits = try await memory.store.search("retry policy")
        #expect(hits.map(\.message.run) == [wanted.run])
        #expect(hits.first?.similarity == nil)
    }

    @Test func `keeps to a repository or a session`() async throws {
        let memory = try await MemoryFixture.make(embedder: WordEmbedder())
        try await memory.turn("parser one", "x", session: .key("s1"), repository: "acme/a")
        try await memory.turn("parser two", "x", session: .key("s2"), repository: "acme/b")
        try await memory.turn("parser three", "x", session: .key("s2"), repository: nil)
        func found(_ repository: String?, _ session: String?) async throws -> Set<String> {
            Set(
                try await memory.store.search("parser", repository: repository, session: session)
                    .map(\.message.content))
        }
        #expect(try await found(nil, nil) == ["parser one", "parser two", "parser three"])
        #expect(try await found("acme/a", nil) == ["parser one"])
        #expect(try await found(nil, "s2") == ["parser two", "parser three"])
        let error = await #expect(throws: StoreError.self) { try await found(nil, "nowhere") }
        #expect(error?.kind == .notFound)
    }

    @Test func `finds over everything what comparing every vector finds`() async throws {
        let embedder = WordEmbedder(model: "exact", dimensions: 384)
        let memory = try await MemoryFixture.make(embedder: embedder)
        let words = (0..<60).map { "topic\($0)" }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<120 {
            let text = (0..<6).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            try await memory.turn(text, "answer \(text)", session: .new, embedder: embedder)
        }
        let question = try await memory.store.question("topic1 topic2 topic3", in: .everything)
        let vector = try #require(question.vector)
        let statement = CandidateStatements.byMeaning(vector, user: memory.user, in: .everything)
        let near = try CandidateStatements.candidates(try await memory.store.run([statement], while: "tested")[0])
        let exact = try await memory.sql(
            "SELECT id FROM messages WHERE user_id = $1 ORDER BY embedding <=> $2::vector, created_at DESC LIMIT 10",
            [.text(memory.user), .vector(vector.vector)])
        #expect(Set(near.prefix(10).map { PostgresValue.uuid($0.message) }) == Set(exact.map { $0[0] }))
    }

    @Test func `asks the endpoint once for the same question`() async throws {
        let embedder = WordEmbedder(model: "once-\(UUID())")
        let memory = try await MemoryFixture.make(embedder: embedder)
        for _ in 0..<3 { _ = try await memory.store.search("the same question") }
        #expect(embedder.texts.count == 1)
    }
}
