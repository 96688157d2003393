internal import Postgres
internal import Settings
internal import Store

extension Checkup {
    /// Whether the database can hold the store, with what would change that where it cannot.
    func database() async -> Finding {
        let pool = context.pool(maxConnections: 1)
        let isPrivate = context.settings.databaseURL == nil
        let kind = isPrivate ? "private cluster" : "configured database"
        let finding: Finding
        do throws(StoreError) {
            let schema = OpenStore.schema
            let state = try await schema.state(of: pool)
            let (words, obstacle) = try await facts(of: pool, isWriting: state != .current(schema.version))
            finding = Self.finding("\(kind), \(words)", state, obstacle)
        } catch {
            let advice =
                isPrivate
                ? "run scripts/setup, then `vocero services start`" : "check DATABASE_URL and that the server runs"
            finding = Finding(name: "database", state: .broken, what: "\(kind): \(error.message)", advice: advice)
        }
        await pool.close()
        return finding
    }

    private func facts(
        of pool: PostgresPool, isWriting: Bool
    ) async throws(StoreError) -> (words: String, obstacle: StoreObstacle?) {
        do throws(PostgresError) {
            return try await pool.withConnection { connection async throws(PostgresError) in
                let version = await connection.serverVersion
                let vector = try await connection.run(
                    PostgresStatement("SELECT extversion FROM pg_extension WHERE extname = 'vector'")
                ).rows.first?.string("extversion")
                let words = [
                    "PostgreSQL \(version / 10_000).\(version % 10_000)", vector.map { "pgvector \($0)" },
                    await connection.isPooled ? "behind a pooler" : nil,
                ]
                return (
                    words.compactMap(\.self).joined(separator: ", "),
                    try await OpenStore.schema.obstacle(on: connection, isWriting: isWriting)
                )
            }
        } catch {
            throw StoreError(error, while: "the database was looked at")
        }
    }

    private static func finding(_ words: String, _ state: SchemaState, _ obstacle: StoreObstacle?) -> Finding {
        if let obstacle {
            return Finding(
                name: "database", state: .broken, what: "\(words). \(obstacle.problem)", advice: obstacle.mend)
        }
        switch state {
        case .newer(let found, let wanted):
            return Finding(
                name: "database", state: .broken,
                what: "\(words), with tables of a newer program (schema \(found), this one knows \(wanted))",
                advice: "update this program")
        case .absent, .older:
            return Finding(
                name: "database", state: .good, what: "\(words); the next command makes or updates its tables",
                advice: nil)
        case .current: return Finding(name: "database", state: .good, what: words, advice: nil)
        }
    }
}
