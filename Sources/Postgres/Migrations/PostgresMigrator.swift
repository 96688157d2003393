internal import CPostgres

/// Brings a database to a program's schema: numbered migrations, forward only, each applied once.
///
/// What was applied is kept in `schema_migrations(number, name, checksum, applied_at)`. A database that has what
/// this program does not know, or knows differently, is left as it is: the error is of kind `schemaMismatch`.
package struct PostgresMigrator: Sendable {
    package let migrations: [PostgresMigration]

    /// Numbers must rise; gaps are fine.
    package init(_ migrations: [PostgresMigration]) {
        precondition(
            zip(migrations, migrations.dropFirst()).allSatisfy { $0.number < $1.number },
            "migrations are numbered in rising order")
        self.migrations = migrations
    }

    /// Applies what is missing and gives it. One query when nothing is.
    ///
    /// Any number of processes may do this at once: one applies, the others wait and find it done. Each migration
    /// is a transaction, so that what was applied before a failure stays, and holds the lock no longer: a pooler may
    /// lend each transaction another session.
    @discardableResult
    package func migrate(_ connection: PostgresConnection) async throws(PostgresError) -> [PostgresMigration] {
        var applied: [PostgresMigration] = []
        guard try await !pending(on: connection).isEmpty else { return [] }
        while let next = try await applyNext(on: connection) { applied.append(next) }
        return applied
    }

    private func applyNext(on connection: PostgresConnection) async throws(PostgresError) -> PostgresMigration? {
        try await connection.transaction { connection throws(PostgresError) in
            try await connection.run(PostgresStatement("SELECT pg_advisory_xact_lock($1)", [.int8(Self.lockKey)]))
            try await connection.execute(script: Self.table)
            guard let next = try await pending(on: connection).first else { return nil }
            try await apply(next, on: connection)
            return next
        }
    }

    /// What ``migrate(_:)`` would apply. Changes nothing.
    package func pending(on connection: PostgresConnection) async throws(PostgresError) -> [PostgresMigration] {
        let found: PostgresResult
        do throws(PostgresError) {
            found = try await connection.run(comparison)
        } catch {
            // 42P01: there is no such table yet.
            guard error.sqlState == "42P01" else { throw error }
            return migrations
        }
        return try missing(found.rows)
    }

    private func apply(
        _ migration: PostgresMigration, on connection: PostgresConnection
    ) async throws(PostgresError) {
        do throws(PostgresError) {
            try await connection.execute(script: migration.sql)
            guard await connection.isInTransactionBlock else {
                throw PostgresError(.misuse, message: "Migration \(migration.number) ends its own transaction.")
            }
            try await connection.run(
                PostgresStatement(
                    "INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, \(Self.checksum("$3")))",
                    [.int8(Int64(migration.number)), .text(migration.name), .text(migration.sql)]))
        } catch {
            var error = error
            if error.kind == .server {
                error.message = "Migration \(migration.number) (\(migration.name)) failed: \(error.message)"
            }
            throw error
        }
    }

    /// `vocero` in ASCII.
    private static let lockKey: Int64 = 0x766f_6365_726f
}

// MARK: - Comparing

extension PostgresMigrator {
    private static let table = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            number bigint PRIMARY KEY,
            name text NOT NULL,
            checksum text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        )
        """

    /// The server computes it: this module has no hash function of its own.
    private static func checksum(_ sql: String) -> String { "encode(sha256(convert_to(\(sql), 'UTF8')), 'hex')" }

    /// One row for each migration that the database and the program do not share.
    private var comparison: PostgresStatement {
        PostgresStatement(
            """
            SELECT number, applied.name, applied.number IS NOT NULL AS is_applied, known.number IS NOT NULL AS is_known,
                (SELECT max(number) FROM schema_migrations) AS newest
            FROM unnest($1::bigint[], $2::text[]) AS known (number, sql)
                FULL JOIN schema_migrations AS applied USING (number)
            WHERE applied.number IS NULL OR known.number IS NULL
                OR applied.checksum <> \(Self.checksum("known.sql"))
            ORDER BY number
            """,
            [.int8Array(migrations.map { Int64($0.number) }), .textArray(migrations.map(\.sql))])
    }

    private func missing(_ differences: [PostgresRow]) throws(PostgresError) -> [PostgresMigration] {
        var missing: Set<Int> = []
        for row in differences {
            let number = try row.int("number")
            switch (try row.bool("is_applied"), try row.bool("is_known")) {
            case (true, false): throw newer(number, try row.string("name"))
            case (true, true):
                throw mismatch(
                    "Migration \(number) (\(try row.string("name"))) of the database was applied with another text than "
                        + "this program's. Use the program that made the database, or restore its backup.")
            default:
                if let newest = try row.optionalInt("newest"), number < newest {
                    throw mismatch(
                        "The database lacks migration \(number) but has migration \(newest): it was made by "
                            + "another line of this program. Use that one, or a new database.")
                }
                missing.insert(number)
            }
        }
        return migrations.filter { missing.contains($0.number) }
    }

    private func newer(_ number: Int, _ name: String) -> PostgresError {
        mismatch(
            "The database has schema \(number) (\(name)), and this program knows up to \(migrations.last?.number ?? 0): "
                + "a newer version wrote it. Update this program.")
    }

    private func mismatch(_ message: String) -> PostgresError { PostgresError(.schemaMismatch, message: message) }
}

extension PostgresConnection {
    fileprivate var isInTransactionBlock: Bool { session.transactionStatus == PQTRANS_INTRANS }
}
