import Assistant
import FoundationEssentials
import Postgres
import Retrieval
import Store
import Testing

@testable import Memory

struct `A table with embeddings` {
    @Test func `is any that has the columns, under whatever names`() async throws {
        let memory = try await MemoryFixture.make()
        try await memory.sql(
            """
            CREATE TABLE notes (
                note uuid PRIMARY KEY, writer text, body text, meaning vector(1536), meant_by text,
                refused int NOT NULL DEFAULT 0, book uuid, written int
            )
            """)
        let books = [UUID(), UUID()]
        for (number, text) in ["alpha", "beta", " ", "forbidden"].enumerated() {
            try await memory.sql(
                "INSERT INTO notes (note, writer, body, book, written) VALUES ($1, $2, $3, $4, $5::int4)",
                [
                    .uuid(UUID()), .text(memory.user), .text(text), .uuid(books[number == 0 ? 0 : 1]),
                    .int4(Int32(number)),
                ])
        }
        let embedder = PickyEmbedder(inner: WordEmbedder(model: "model-\(UUID())"), refused: "forbidden")
        let filler = EmbeddingFiller(
            table: EmbeddedTable(
                table: "notes", id: "note", user: "writer", text: "body", embedding: "meaning", model: "meant_by",
                attempts: "refused", group: "book", order: "written DESC"),
            user: memory.user, embedder: embedder, pool: memory.pool)
        #expect(try await filler.fill(group: books[0]).filled == 1)
        let report = try await filler.fillMissing()
        #expect(report.filled == 1)
        #expect(report.refused == 5)
        let rows = try await memory.sql(
            "SELECT body, meant_by IS NOT NULL AND meaning IS NOT NULL FROM notes WHERE writer = $1 ORDER BY written",
            [.text(memory.user)])
        #expect(rows.map { $0[1] } == [.bool(true), .bool(true), .bool(false), .bool(false)])
    }
}
