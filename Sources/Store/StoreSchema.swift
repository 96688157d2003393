package import Postgres

/// The tables of all modules that keep something in the store: whoever opens it has the whole list of migrations.
package struct StoreSchema: Sendable {
    package let migrations: [PostgresMigration]

    /// In any order; no number stands for two. A migration that has been released is never changed.
    package init(_ migrations: [PostgresMigration]) {
        self.migrations = migrations.sorted { $0.number < $1.number }
    }

    /// The version that this program works with: the number of the last migration.
    package var version: Int { migrations.last?.number ?? 0 }

    /// How the database's tables stand to this program. Changes nothing.
    package func state(of pool: PostgresPool) async throws(StoreError) -> SchemaState {
        let doing = "the schema's version was read"
        let found: Int
        do throws(PostgresError) {
            found = try await pool.withConnection { connection async throws(PostgresError) in
                let exists = try await connection.run(
                    PostgresStatement("SELECT to_regclass('schema_migrations') IS NOT NULL AS found"))
                guard try exists.rows.first?.bool("found") == true else { return 0 }
                let versions = try await connection.run(
                    PostgresStatement("SELECT coalesce(max(number), 0) AS number FROM schema_migrations"))
                return try versions.rows.first?.int("number") ?? 0
            }
        } catch {
            // Another program's list; ``obstacle(on:isWriting:)`` says so.
            guard error.sqlState == "42703" else { throw StoreError(error, while: doing) }
            return .absent
        }
        if found == 0 { return .absent }
        if found == version { return .current(found) }
        return found < version ? .older(found: found, wanted: version) : .newer(found: found, wanted: version)
    }

    /// Brings the tables to this program's version; one round trip when they are there already. Any number of
    /// processes may do it at once. A newer database, or one that cannot
    /// hold them, is `configuration`, and is left as it is.
    package func migrate(_ pool: PostgresPool) async throws(StoreError) {
        let migrator = PostgresMigrator(migrations)
        do throws(PostgresError) {
            try await pool.withConnection { connection async throws(PostgresError) in
                guard try await !pending(migrator, connection).isEmpty else { return }
                if let obstacle = try await obstacle(on: connection, isWriting: true) {
                    throw PostgresError(.misuse, message: obstacle.sentence)
                }
                _ = try await migrator.migrate(connection)
            }
        } catch {
            throw StoreError(error, while: "the schema was brought up to date")
        }
    }

    /// A list of migrations that is another program's has other columns; the obstacle says so.
    private func pending(
        _ migrator: PostgresMigrator, _ connection: PostgresConnection
    ) async throws(PostgresError) -> [PostgresMigration] {
        do throws(PostgresError) {
            return try await migrator.pending(on: connection)
        } catch {
            guard error.sqlState == "42703" else { throw error }
            return migrations
        }
    }
}
