internal import Assistant
internal import Memory
internal import Postgres
internal import Retrieval
internal import Settings
internal import Store

extension Checkup {
    /// How many messages there are, and how many are not yet found by what they mean. Changes nothing.
    func memory() async -> Finding {
        let pool = context.pool(maxConnections: 1)
        let finding = await memory(in: pool)
        await pool.close()
        return finding
    }

    private func memory(in pool: PostgresPool) async -> Finding {
        let embedder = context.embedder()
        let store = MemoryStore(pool: pool, user: context.settings.user, embedder: embedder)
        do throws(StoreError) {
            guard case .current = try await OpenStore.schema.state(of: pool) else {
                return Finding(
                    name: "memory", state: .missing, what: "the tables are not there yet or not up to date",
                    advice: "every command that stores something makes them, and `vocero db migrate`")
            }
            let counts = try await store.embeddingCounts()
            return Self.finding(counts, model: embedder?.model)
        } catch {
            return Finding(name: "memory", state: .broken, what: error.message, advice: nil)
        }
    }

    static func finding(_ counts: EmbeddingCounts, model: String?) -> Finding {
        let messages = counts.messages == 1 ? "1 message" : "\(counts.messages) messages"
        guard let model else {
            return Finding(
                name: "memory", state: .missing, what: "\(messages), found by their words only",
                advice: "run scripts/setup, or set OPENAI_API_KEY")
        }
        var words = [messages]
        if counts.waiting == 0, counts.refused == 0 {
            words.append(counts.messages == 0 ? "" : "each with its embedding by \(model)")
        }
        if counts.waiting > 0 { words.append("\(counts.waiting) wait for their embedding by \(model)") }
        if counts.refused > 0 { words.append("\(counts.refused) are not taken by \(model)") }
        return Finding(
            name: "memory", state: counts.waiting > 0 ? .missing : .good,
            what: words.filter { !$0.isEmpty }.joined(separator: ", "),
            advice: counts.waiting > 0
                ? "they are filled in in the background; `vocero db embed` does it now, and says what is in its way"
                : nil
        )
    }
}
