package import Assistant
internal import Postgres

extension MemoryStore {
    /// How the database's tables stand to this program. Changes nothing.
    package func schemaState() async throws(JournalError) -> SchemaState {
        let wanted = Self.schemaVersion
        let doing = "the schema's version was read"
        let exists = try await rows(
            PostgresStatement("SELECT to_regclass('schema_migrations') IS NOT NULL AS found"), while: doing)
        guard let first = exists.first, try RowReader(first, while: doing).bool("found") else { return .absent }
        let versions = try await rows(
            PostgresStatement("SELECT coalesce(max(number), 0) AS number FROM schema_migrations"), while: doing)
        guard let row = versions.first else { return .absent }
        let found = try RowReader(row, while: doing).integer("number")
        if found == 0 { return .absent }
        if found == wanted { return .current(found) }
        return found < wanted ? .older(found: found, wanted: wanted) : .newer(found: found, wanted: wanted)
    }

    /// Brings the tables to this program's version; one round trip when they are there already. Any number of
    /// processes may do it at once. A newer database is `schemaVersion`, and is left as it is.
    package func migrate() async throws(JournalError) {
        do throws(PostgresError) {
            try await pool.withConnection { connection async throws(PostgresError) in
                _ = try await PostgresMigrator(Self.migrations).migrate(connection)
            }
        } catch {
            throw JournalError(error, while: "the schema was brought up to date")
        }
    }
}
