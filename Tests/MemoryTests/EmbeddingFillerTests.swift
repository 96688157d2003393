import Assistant
import FoundationEssentials
import Postgres
import Store
import Testing

@testable import Memory
@testable import Retrieval

struct `Filling in embeddings` {
    private static func model() -> String { "model-\(UUID())" }

    @Test func `fills the messages of a run and their codes`() async throws {
        let embedder = WordEmbedder(model: Self.model(), dimensions: 1536)
        let memory = try await MemoryFixture.make()
        let run = try await memory.turn("alpha", "beta")
        let report = try await EmbeddingFiller(store: memory.store, embedder: embedder).fill(run: run.run)
        #expect(report.filled == 2)
        #expect(try await memory.store.history().map(\.embeddingModel) == [embedder.model, embedder.model])
        let rows = try await memory.sql(
            """
            SELECT bits = binary_quantize(embedding)::bit(1536) AS same FROM message_bits b
            JOIN messages m ON m.id = b.message_id AND m.embedding_model = b.embedding_model WHERE m.user_id = $1
            """, [.text(memory.user)])
        #expect(rows == [[.bool(true)], [.bool(true)]])
    }

    @Test func `takes from the cache what was embedded before`() async throws {
        let embedder = WordEmbedder(model: Self.model())
        let memory = try await MemoryFixture.make()
        for number in 0..<3 {
            let run = try await memory.turn("same question", "answer \(number)")
            try await EmbeddingFiller(store: memory.store, embedder: embedder).fill(run: run.run)
        }
        #expect(embedder.texts.filter { $0 == "same question" }.count == 1)
        #expect(embedder.texts.count == 4)
    }

    @Test func `fills older messages in batches up to a limit`() async throws {
        let embedder = WordEmbedder(model: Self.model())
        let memory = try await MemoryFixture.make()
        for number in 0..<50 { try await memory.turn("question \(number)", "answer \(number)") }
        try await memory.turn("   ", "\n")
        let filler = EmbeddingFiller(store: memory.store, embedder: embedder)
        #expect(try await filler.fillMissing(limit: 70).filled == 70)
        #expect(try await filler.fillMissing().filled == 30)
        #expect(try await filler.fillMissing() == EmbeddingFiller.Report())
    }

    @Test func `pays once when several processes fill at the same time`() async throws {
        let embedder = WordEmbedder(model: Self.model())
        let memory = try await MemoryFixture.make()
        for number in 0..<40 { try await memory.turn("question \(number)", "answer \(number)") }
        let reports = try await withThrowingTaskGroup(of: EmbeddingFiller.Report.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await EmbeddingFiller(store: memory.another(), embedder: embedder).fillMissing()
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(reports.map(\.filled).reduce(0, +) == 80)
        #expect(embedder.texts.count == 80)
    }

    @Test func `passes over a text that the endpoint refuses`() async throws {
        let embedder = PickyEmbedder(inner: WordEmbedder(model: Self.model()), refused: "forbidden")
        let memory = try await MemoryFixture.make()
        try await memory.turn("good", "also good")
        try await memory.turn("forbidden", "fine")
        let filler = EmbeddingFiller(store: memory.store, embedder: embedder)
        let report = try await filler.fillMissing()
        #expect(report.filled == 3)
        #expect(report.refused == 1)
        for attempt in 2...5 {
            #expect(try await memory.store.waiting(for: embedder) == 1)
            #expect(try await filler.fillMissing().refused == 1, "attempt \(attempt)")
        }
        #expect(try await filler.fillMissing() == EmbeddingFiller.Report())
        #expect(try await memory.store.waiting(for: embedder) == 0)
        // Another model may take it.
        let other = WordEmbedder(model: Self.model())
        #expect(try await EmbeddingFiller(store: memory.store, embedder: other).fillMissing().filled == 4)
    }

    @Test(arguments: OddEmbedder.Kind.allCases)
    func `finds the texts that spoil a request, and fills in the others`(kind: OddEmbedder.Kind) async throws {
        let embedder = OddEmbedder(inner: WordEmbedder(model: Self.model()), kind: kind, odd: "odd")
        let memory = try await MemoryFixture.make()
        for number in 0..<20 {
            try await memory.turn("question \(number)", number % 7 == 3 ? "odd \(number)" : "answer \(number)")
        }
        let filler = EmbeddingFiller(store: memory.store, embedder: embedder)
        let report = try await filler.fillMissing()
        #expect(report.filled == 37)
        #expect(report.refused == 3)
        #expect(report.trouble == nil)
        #expect(try await filler.fillMissing().filled == 0)
        let attempts = try await memory.sql(
            "SELECT content LIKE 'odd%', embedding_attempts FROM messages WHERE user_id = $1 GROUP BY 1, 2 ORDER BY 1",
            [.text(memory.user)])
        #expect(attempts == [[.bool(false), .int2(0)], [.bool(true), .int2(2)]])
    }

    @Test(arguments: [
        EngineError(.unavailable, "It answers 500."), EngineError(.timedOut, "Nothing came."),
        EngineError(.malformed, "No JSON."), EngineError(.refused, "It refuses everything."),
        EngineError(.configuration, "The key is wrong."), EngineError(.quota, "No money."),
        EngineError(.rateLimited, "Wait."),
    ])
    func `counts nothing against texts when the endpoint takes none`(error: EngineError) async throws {
        let memory = try await MemoryFixture.make()
        for number in 0..<10 { try await memory.turn("question \(number)", "answer \(number)") }
        let failing = FailingEmbedder(model: Self.model(), error: error)
        let report = try await EmbeddingFiller(store: memory.store, embedder: failing).fillMissing()
        #expect(report.trouble?.kind == error.kind)
        #expect(report.filled == 0 && report.refused == 0)
        let counted = try await memory.sql(
            "SELECT count(*) FROM messages WHERE user_id = $1 AND embedding_attempts > 0", [.text(memory.user)])
        #expect(counted == [[.int8(0)]])
    }

    @Test func `replaces the vectors of another model`() async throws {
        let (first, second) = (WordEmbedder(model: Self.model()), WordEmbedder(model: Self.model(), dimensions: 384))
        let memory = try await MemoryFixture.make()
        for number in 0..<5 { try await memory.turn("question \(number)", "answer \(number)", embedder: first) }
        #expect(try await memory.store.waiting(for: first) == 0)
        #expect(try await memory.store.waiting(for: second) == 10)
        #expect(try await EmbeddingFiller(store: memory.store, embedder: second).fillMissing(limit: 4).filled == 4)
        #expect(try await memory.store.waiting(for: second) == 6)
        #expect(try await EmbeddingFiller(store: memory.store, embedder: second).fillMissing().filled == 6)
        let models = try await memory.sql(
            """
            SELECT DISTINCT m.embedding_model, b.embedding_model FROM messages m
            JOIN message_bits b ON b.message_id = m.id WHERE m.user_id = $1
            """, [.text(memory.user)])
        #expect(models == [[.text(second.model), .text(second.model)]])
        // Back again costs nothing: the cache has them.
        let report = try await EmbeddingFiller(store: memory.store, embedder: first).fillMissing()
        #expect(report.filled == 10 && report.cached == 10)
    }

    @Test func `sends no more tokens than are allowed`() async throws {
        let embedder = WordEmbedder(model: Self.model())
        let memory = try await MemoryFixture.make()
        for number in 0..<40 { try await memory.turn("a question \(number)", "an answer \(number)") }
        let filler = EmbeddingFiller(store: memory.store, embedder: embedder)
        let nothing = try await filler.fillMissing(tokens: 0)
        #expect(nothing.filled == 0 && nothing.isOutOfTokens)
        var filled = 0
        for _ in 0..<3 {
            let report = try await filler.fillMissing(tokens: 600)
            #expect(report.tokens <= 600)
            filled += report.filled
        }
        #expect(filled == 80)
    }

    @Test func `puts texts of like length into one request`() async throws {
        let embedder = WordEmbedder(model: Self.model())
        let memory = try await MemoryFixture.make()
        for number in 0..<30 {
            let long = String(repeating: "word ", count: number % 3 == 0 ? 400 : 4)
            try await memory.turn("\(number) \(long)", "short \(number)")
        }
        _ = try await EmbeddingFiller(store: memory.store, embedder: embedder).fillMissing()
        let spans = embedder.requests.map { lengths in (lengths.max() ?? 0) - (lengths.min() ?? 0) }
        #expect(spans.filter { $0 > 1_000 }.count <= 1)
    }

    @Test func `leaves everything as it is when the endpoint fails`() async throws {
        let memory = try await MemoryFixture.make()
        let run = try await memory.turn("alpha", "beta")
        let failing = FailingEmbedder(error: EngineError(.unavailable, "The endpoint is down."))
        let failed = try await EmbeddingFiller(store: memory.store, embedder: failing).fill(run: run.run)
        #expect(failed.trouble == failing.error && failed.filled == 0)
        let report = try await EmbeddingFiller(store: memory.store, embedder: WordEmbedder()).fillMissing()
        #expect(report.filled == 2)
    }
}
