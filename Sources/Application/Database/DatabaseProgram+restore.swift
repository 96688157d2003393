internal import Files
internal import Postgres
internal import Store

/// What became of a restore.
package struct RestoredDatabase: Sendable {
    package let contents: DatabaseContents
    /// How to reach it, where it is a new one beside the one that is used.
    package let connection: String?
}

extension DatabaseProgram {
    /// Brings a backup into the database, which must hold nothing yet, or into a new one of this name on the same server;
    /// all of it or nothing. Each table's rows are counted afterwards and compared with the file's.
    package func restore(_ file: String, into name: String? = nil) async throws -> RestoredDatabase {
        guard (try? FileStatus(of: file))?.isFile == true else { throw Failure(.noInput, "there is no file \(file)") }
        let connection = try await connectionString()
        let program = try await programs(for: try await serverVersion(connection)).path(of: "pg_restore")
        context.reporter.progress("reading \(file)")
        let contents = try await contents(of: file, by: program)
        guard contents.isOurs else {
            throw Failure(.badInput, "\(file) is the backup of another database: it has no sessions, messages and runs")
        }
        guard let name else {
            try await makeRoom(for: contents, on: connection)
            try await bringIn(file, contents, by: program, connection, database: nil)
            return RestoredDatabase(contents: contents, connection: nil)
        }
        try await statement("CREATE DATABASE \(Self.quoted(name))", on: connection)
        do {
            try await bringIn(file, contents, by: program, connection, database: name)
        } catch {
            // Half a database is nobody's; that it is in the way is said by the next try.
            _ = try? await statement("DROP DATABASE \(Self.quoted(name))", on: connection)
            throw error
        }
        return RestoredDatabase(contents: contents, connection: Self.connection(connection, to: name))
    }

    private func bringIn(
        _ file: String, _ contents: DatabaseContents, by program: String, _ connection: String, database: String?
    ) async throws {
        context.reporter.progress("restoring \(contents.words)")
        // Comments are those of the extension, which is the superuser's.
        let arguments = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments"]
        let target = database.map { Self.connection(connection, to: $0) } ?? connection
        let name = PostgresConnection.environment(of: target)["PGDATABASE"] ?? ""
        try await run(
            program, arguments + ["--dbname=\(name)", file], on: connection, database: database)
        let found = try await counts(of: Array(contents.rows.keys), on: target)
        let wrong = contents.rows.filter { found[$0.key] != $0.value }.keys.sorted()
        guard let first = wrong.first else { return context.reporter.clearProgress() }
        throw Failure(
            .failed,
            "\(first) has \(found[first] ?? 0) rows after the restore and \(contents.rows[first] ?? 0) in \(file): "
                + "do not use this database")
    }

    /// A database that any command has opened has our tables already, empty; they make room. One that holds anything else
    /// is left as it is.
    private func makeRoom(for contents: DatabaseContents, on connection: String) async throws {
        let there = try await tables(on: connection)
        let known = Set(contents.rows.keys)
        let foreign = there.filter { !known.contains($0) && !Self.isOfThisProgram($0) }
        if let first = foreign.first {
            throw Failure(
                .usage,
                "the database holds other tables (\(first)\(foreign.count > 1 ? ", …" : "")); "
                    + "restore into a new one by --into NAME")
        }
        let rows = try await counts(of: there.filter { !Self.isBookkeeping($0) }, on: connection)
        guard rows.values.allSatisfy({ $0 == 0 }) else {
            throw Failure(
                .usage,
                "the database holds \(DatabaseContents(rows: rows).words); restore into a new one by --into NAME")
        }
        guard !there.isEmpty else { return }
        try await statement("DROP TABLE \(there.joined(separator: ", ")) CASCADE", on: connection)
        let sequences = try await names(kinds: "'S'", on: connection)
        guard !sequences.isEmpty else { return }
        try await statement("DROP SEQUENCE IF EXISTS \(sequences.joined(separator: ", "))", on: connection)
    }

    /// Tables of a version of this program that is newer or older than the backup's.
    private static func isOfThisProgram(_ table: String) -> Bool {
        let name = table.split(separator: ".").last ?? ""
        return tablesOfThisProgram.contains(String(name)) || name.hasPrefix("batch_items")
    }

    private static let tablesOfThisProgram: Set<String> = [
        "schema_migrations", "chat_sessions", "messages", "message_bits", "runs", "steps", "tool_calls", "artifacts",
        "embedding_cache", "filling_leases", "store_identity", "batches", "batch_workers", "batch_items",
        "batch_allowances",
        "remote_batches",
    ]

    /// What opening a database writes.
    private static func isBookkeeping(_ table: String) -> Bool {
        ["schema_migrations", "filling_leases", "store_identity"].contains(
            String(table.split(separator: ".").last ?? ""))
    }

    // MARK: Statements

    private func tables(on connection: String) async throws -> [String] {
        try await names(kinds: "'r', 'p'", on: connection)
    }

    /// Of everything in the database that belongs to no extension, in the way dumps write it.
    private func names(kinds: StaticString, on connection: String) async throws -> [String] {
        let rows = try await statement(
            """
            SELECT format('%I.%I', n.nspname, c.relname) AS name
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN (\(kinds)) AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
            ORDER BY name
            """, on: connection)
        return try rows.map { row throws(StoreError) in
            try RowReader(row, while: "the tables of the database were listed").text("name")
        }
    }

    private func counts(of tables: [String], on connection: String) async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for table in tables {
            // A partition's rows are its own in a dump.
            let rows = try await statement("SELECT count(*) AS count FROM ONLY \(table)", on: connection)
            guard let row = rows.first else { continue }
            counts[table] = try RowReader(row, while: "restored rows were counted").integer("count")
        }
        return counts
    }

    @discardableResult
    private func statement(_ sql: String, on connection: String) async throws -> [PostgresRow] {
        let opened = try await PostgresConnection.connect(to: connection)
        do {
            let rows = try await opened.run(PostgresStatement(sql)).rows
            await opened.close()
            return rows
        } catch {
            await opened.close()
            throw StoreError(error, while: "the database was made ready")
        }
    }

    private static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    /// The same server's other database: of two that are named, libpq takes the last.
    private static func connection(_ connection: String, to database: String) -> String {
        let escaped = database.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
        guard connection.contains("://") else { return connection + " dbname='\(String(escaped))'" }
        // An address has its database in the path.
        let rest = connection[(connection.firstRange(of: "://")?.upperBound ?? connection.startIndex)...]
        let path = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let query = rest.firstIndex(of: "?").map { String(rest[$0...]) } ?? ""
        let encoded = database.utf8.map { byte -> String in
            let isPlain =
                byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
            return isPlain || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
                ? String(Unicode.Scalar(byte)) : "%" + String(byte, radix: 16, uppercase: true).leftPadded
        }.joined()
        return connection[..<path] + "/" + encoded + query
    }
}

extension String {
    fileprivate var leftPadded: String { count < 2 ? "0" + self : self }
}
