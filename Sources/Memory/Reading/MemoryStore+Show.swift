package import Assistant
internal import FoundationEssentials
internal import Postgres
package import Store

extension MemoryStore {
    /// One run with its messages, steps, calls and child runs, by its id or the beginning of it. An unknown or
    /// ambiguous beginning is `notFound`; the message of the latter lists the runs it may mean.
    package func show(run prefix: String) async throws(StoreError) -> StoredRun {
        let id = try await resolve(prefix)
        let doing = "the run \(id) was read"
        let results = try await run(Self.showStatements(id), while: doing)
        var messages: [UUID: [StoredMessage]] = [:]
        for row in results[1].rows {
            let message = try StoredMessage(RowReader(row, while: doing))
            messages[message.run.uuid, default: []].append(message)
        }
        var calls: [UUID: [StoredToolCall]] = [:]
        for row in results[3].rows {
            let reader = RowReader(row, while: doing)
            calls[try reader.uuid("run_id"), default: []].append(try StoredToolCall(reader))
        }
        var steps: [UUID: [StoredStep]] = [:]
        for row in results[2].rows {
            let reader = RowReader(row, while: doing)
            let run = try reader.uuid("run_id")
            var step = try StoredStep(reader)
            step.calls = calls[run, default: []].filter { $0.step == step.index }
            steps[run, default: []].append(step)
        }
        var runs: [StoredRun] = []
        for row in results[0].rows {
            var run = try StoredRun(RowReader(row, while: doing))
            run.messages = messages[run.id.uuid] ?? []
            run.steps = steps[run.id.uuid] ?? []
            runs.append(run)
        }
        guard let root = runs.first(where: { $0.id == id }) else { throw Self.noRun(prefix) }
        return root.withChildren(from: runs)
    }

    /// The whole output of a call of which the model saw only the head.
    package func artifact(run: RunID, step: Int, index: Int) async throws(StoreError) -> String {
        let statement = PostgresStatement(
            """
            SELECT content, content_bytes FROM artifacts
            WHERE run_id = $1::uuid AND step_index = $2::int4 AND call_index = $3::int4
            """, [.uuid(run.uuid), .int4(Int32(clamping: step)), .int4(Int32(clamping: index))])
        guard let row = try await rows(statement, while: "a stored result was read").first else {
            throw StoreError(.notFound, "Call \(index) of step \(step) in run \(run) has no longer result stored.")
        }
        return try RowReader(row, while: "a stored result was read").content()
    }

    /// The run, and every run below it. A child's root is that of its parent, so one index finds them all.
    private static func showStatements(_ id: RunID) -> [PostgresStatement] {
        let family = """
            (SELECT f.id FROM runs f WHERE f.root_run_id = (SELECT root_run_id FROM runs WHERE id = $1::uuid))
            """
        return [
            """
            SELECT r.*, s.key AS session_key FROM runs r JOIN chat_sessions s ON s.id = r.chat_session_id
            WHERE r.id IN \(family) ORDER BY r.started_at, r.id
            """,
            "\(StoredMessage.selection) WHERE m.run_id IN \(family) ORDER BY m.created_at, m.role DESC",
            """
            SELECT run_id, step_index, encode(request_hash, 'hex') AS request_hash, response::text AS response, cost_usd,
                started_at, ended_at
            FROM steps WHERE run_id IN \(family) ORDER BY run_id, step_index
            """,
            """
            SELECT c.run_id, c.step_index, c.call_index, c.call_id, c.name, c.arguments, c.effect, c.recovery,
                c.intent::text AS intent, c.state, c.output, c.undo::text AS undo, c.raw::text AS raw, c.started_at,
                c.ended_at, a.run_id IS NOT NULL AS has_artifact
            FROM tool_calls c LEFT JOIN artifacts a USING (run_id, step_index, call_index)
            WHERE c.run_id IN \(family) ORDER BY c.run_id, c.step_index, c.call_index
            """,
        ].map { PostgresStatement($0, [.uuid(id.uuid)]) }
    }

    // MARK: Beginnings of ids

    private func resolve(_ prefix: String) async throws(StoreError) -> RunID {
        guard let range = IdentifierRange(prefix: prefix) else {
            throw StoreError(.notFound, "\"\(prefix)\" is not a run's id or the beginning of one.")
        }
        let statement = PostgresStatement(
            """
            SELECT r.id, r.started_at::text AS started_at, s.title
            FROM runs r JOIN chat_sessions s ON s.id = r.chat_session_id
            WHERE r.id BETWEEN $1::uuid AND $2::uuid AND r.user_id = $3::text ORDER BY r.id LIMIT 6
            """, [.uuid(range.lowest), .uuid(range.highest), .text(user)])
        let doing = "a run was looked up"
        let found = try await rows(statement, while: doing).map { row throws(StoreError) in
            let reader = RowReader(row, while: doing)
            let id = RunID(try reader.uuid("id"))
            return (id: id, line: "\(id) (\(try reader.text("started_at").prefix(19)), \(try reader.text("title")))")
        }
        guard let first = found.first else { throw Self.noRun(prefix) }
        guard found.count == 1 else {
            let list = found.prefix(5).map(\.line).joined(separator: "; ") + (found.count > 5 ? "; …" : "")
            throw StoreError(.notFound, "\"\(prefix)\" may mean several runs: \(list). Give more of the id.")
        }
        return first.id
    }

    private static func noRun(_ prefix: String) -> StoreError {
        StoreError(.notFound, "There is no run \(prefix): `vocero history` lists them.")
    }
}

extension StoredRun {
    fileprivate func withChildren(from runs: [StoredRun]) -> StoredRun {
        var run = self
        run.children = runs.filter { $0.parent == id }.map { $0.withChildren(from: runs) }
        return run
    }
}

/// All UUIDs that begin with some hexadecimal digits.
struct IdentifierRange {
    let lowest: UUID
    let highest: UUID

    init?(prefix: String) {
        let digits = prefix.lowercased().filter { $0 != "-" }
        guard !digits.isEmpty, digits.count <= 32, digits.allSatisfy(\.isHexDigit), digits.utf8.count == digits.count,
            let lowest = Self.uuid(digits, filledWith: "0"), let highest = Self.uuid(digits, filledWith: "f")
        else { return nil }
        self.lowest = lowest
        self.highest = highest
    }

    private static func uuid(_ digits: String, filledWith fill: Character) -> UUID? {
        let all = Array(digits + String(repeating: fill, count: 32 - digits.count))
        let groups = [all[0..<8], all[8..<12], all[12..<16], all[16..<20], all[20..<32]]
        return UUID(uuidString: groups.map { String($0) }.joined(separator: "-"))
    }
}
