package import Store
package import Assistant
package import Retrieval

extension EmbeddedTable {
    static let messages = EmbeddedTable(
        table: "messages", text: "content", group: "run_id", order: "created_at DESC",
        codes: Codes(table: "message_bits", id: "message_id"))
}

extension EmbeddingFiller {
    /// Fills in the messages of a memory.
    package init(store: MemoryStore, embedder: any Embedder) {
        self.init(table: .messages, user: store.user, embedder: embedder, pool: store.pool)
    }

    /// Fills in the messages of one run. Throws when the endpoint or the store does not answer.
    @discardableResult
    package func fill(run: RunID) async throws(StoreError) -> Report { try await fill(group: run.uuid) }
}
