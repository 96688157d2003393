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
        #expect(report.refused == 5)
        #expect(try await filler.fillMissing() == EmbeddingFiller.Report())
    }

    @Test func `leaves everything as it is when the endpoint fails`() async throws {
        let memory = try await MemoryFixture.make()
        let run = try await memory.turn("alpha", "beta")
        let failing = FailingEmbedder(error: EngineError(.unavailable, "The endpoint is down."))
        await #expect(throws: StoreError.self) {
            try await EmbeddingFiller(store: memory.store, embedder: failing).fill(run: run.run)
        }
        let report = try await EmbeddingFiller(store: memory.store, embedder: WordEmbedder()).fillMissing()
        #expect(report.filled == 2)
    }
}
