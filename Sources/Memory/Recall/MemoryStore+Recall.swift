package import Assistant
internal import FoundationEssentials
internal import Postgres
internal import Retrieval
package import Store

extension MemoryStore {
    package func recall(
        for run: OpenedRun, text: String, tokenBudget: Int
    ) async throws(StoreError) -> RecalledContext {
        guard tokenBudget > 0 else { return RecalledContext() }
        let scope = SearchScope.repository(run.repository)
        let question = try await question(text, in: scope)
        let results = try await self.run(
            [turns(before: run)] + question.statements(user: user, in: scope), while: "what is remembered was read")
        let turns = try RecalledMessage.turns(results[0])
        let seen = Set(turns.flatMap(\.self).map(\.run.uuid) + [run.run.uuid])
        let (near, worded) = try question.found(results.dropFirst())
        let floor = Relevance.lowestSimilarity(model: question.vector?.model ?? "")
        let fewest = Double(Relevance.fewestWords(of: question.words?.words ?? []))
        let lists = [runs(near, atLeast: floor, except: seen), runs(worded, atLeast: fewest, except: seen)]
        let found = RankFusion.fuse(lists).prefix(Self.mostHits).map(\.key)
        let hits = try await wholeTurns(of: found, unlike: turns)
        return RecallBudget(tokens: tokenBudget).pick(turns: turns, hits: hits)
    }

    private static let mostHits = 12

    /// The runs of candidates, best first, each once.
    private func runs(_ candidates: [Candidate], atLeast floor: Double, except seen: Set<UUID>) -> [UUID] {
        var met = seen
        return candidates.filter { $0.score >= floor && met.insert($0.run).inserted }.map(\.run)
    }

    private func turns(before run: OpenedRun) -> PostgresStatement {
        PostgresStatement(
            """
            SELECT m.run_id, m.role, m.content, m.content_bytes, m.created_at
            FROM (
                SELECT run_id, created_at FROM messages
                WHERE chat_session_id = $1::uuid AND role = 'assistant' AND run_id <> $2::uuid
                ORDER BY created_at DESC LIMIT $3::int4
            ) answered JOIN messages m USING (run_id)
            ORDER BY answered.created_at, m.run_id, m.role DESC
            """, [.uuid(run.sessionID), .uuid(run.run.uuid), .int4(Int32(clamping: options.recalledTurns))])
    }

    /// The turns of some runs, in their order. One that was never answered is left out, and one that asks what an
    /// earlier one or a turn at hand asked already: the best place among the like goes to the latest.
    private func wholeTurns(
        of runs: [UUID], unlike turns: [[RecalledMessage]]
    ) async throws(StoreError) -> [[RecalledMessage]] {
        guard !runs.isEmpty else { return [] }
        let statement = PostgresStatement(
            """
            SELECT run_id, role, content, content_bytes, created_at FROM messages
            WHERE run_id = ANY ($1::uuid[]) ORDER BY array_position($1::uuid[], run_id), role DESC
            """, [.uuidArray(runs)])
        let found = try await self.run([statement], while: "what is remembered was read")
        guard let result = found.first else { return [] }
        var asked = Set(turns.compactMap { $0.first { $0.role == .user }?.content })
        return try RecalledMessage.turns(result).filter { turn in
            guard turn.contains(where: { $0.role == .assistant }) else { return false }
            guard let question = turn.first(where: { $0.role == .user }) else { return true }
            return asked.insert(question.content).inserted
        }
    }
}

extension RecalledMessage {
    init(_ reader: RowReader) throws(StoreError) {
        self.init(
            run: RunID(try reader.uuid("run_id")), role: try reader.text("role") == "user" ? .user : .assistant,
            content: try reader.content(), createdAt: try reader.date("created_at"))
    }

    /// The messages of a result, those of one run together, in the result's order.
    static func turns(_ result: PostgresResult) throws(StoreError) -> [[RecalledMessage]] {
        var turns: [[RecalledMessage]] = []
        for row in result.rows {
            let message = try RecalledMessage(RowReader(row, while: "what is remembered was read"))
            if turns.last?.first?.run == message.run {
                turns[turns.count - 1].append(message)
            } else {
                turns.append([message])
            }
        }
        return turns
    }
}

extension RowReader {
    /// A message's text: its bytes where the column could not hold it.
    func content() throws(StoreError) -> String {
        if let bytes = try optionalBytes("content_bytes") { return String(decoding: bytes, as: UTF8.self) }
        return try text("content")
    }
}
