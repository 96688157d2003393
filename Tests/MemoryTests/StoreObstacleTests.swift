import FoundationEssentials
import Postgres
import Store
import TestSupport
import Testing

@testable import Memory

/// What a database is like, and what must be said of it.
private struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// After CREATE DATABASE; the test's own has pgvector.
    var options = ""
    /// By the superuser, on another connection.
    var before = ""
    /// On the connection that is looked at.
    var session = ""
    let said: [String]
}

struct `A database that cannot hold the store` {
    private static let schema = StoreSchema(MemoryStore.migrations)
    private static let cases = [
        Case(
            testDescription: "not UTF-8",
            options: "TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'",
            said: ["LATIN1", "ENCODING 'UTF8'"]),
        Case(
            testDescription: "SQL_ASCII",
            options: "TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'",
            said: ["SQL_ASCII"]),
        Case(
            testDescription: "tables of another program",
            before: "CREATE TABLE runs (n int); CREATE TABLE messages (n int)",
            said: ["tables of another program (messages, runs)", "search_path"]),
        Case(
            testDescription: "Rails", before: "CREATE TABLE schema_migrations (version text PRIMARY KEY)",
            said: ["another program (schema_migrations)"]),
        Case(
            testDescription: "no right to install pgvector", options: "TEMPLATE template0", session: "SET ROLE ROLE",
            said: ["may not install pgvector", "CREATE EXTENSION vector"]),
        Case(
            testDescription: "no right to make tables", session: "SET ROLE ROLE",
            said: ["may not make tables in the schema public", "GRANT CREATE ON SCHEMA public"]),
        Case(
            testDescription: "read-only", session: "SET default_transaction_read_only = on",
            said: ["is read-only", "primary server"]),
        Case(
            testDescription: "no schema",
            before: "CREATE SCHEMA away; ALTER EXTENSION vector SET SCHEMA pg_catalog",
            session: "SET search_path = nowhere",
            said: ["No schema of the search path exists"]),
        Case(
            testDescription: "pgvector in another schema, behind a pooler",
            before: "CREATE SCHEMA away; ALTER EXTENSION vector SET SCHEMA away", session: "SET search_path = public",
            said: ["pgvector is in the schema away", "ALTER ROLE"]),
    ]

    @Test(arguments: cases)
    private func `says why, and what changes that, before anything is made`(item: Case) async throws {
        let (database, role) = try await Self.database(item)
        let connection = try await PostgresConnection.connect(to: database)
        try await connection.execute(script: item.session.replacing("ROLE ROLE", with: "ROLE \(role)"))
        let found = try await Self.schema.obstacle(on: connection, isWriting: true)
        let obstacle = try #require(found)
        for words in item.said { #expect(obstacle.sentence.contains(words), "\(obstacle.sentence)") }
        await connection.close()
    }

    @Test(arguments: cases.filter { $0.session.isEmpty })
    private func `is refused by the first command with the same words`(item: Case) async throws {
        let (database, _) = try await Self.database(item)
        let pool = PostgresPool { () async throws(PostgresError) in database }
        let error = await #expect(throws: StoreError.self) { try await Self.schema.migrate(pool) }
        #expect(error?.kind == .configuration)
        for words in item.said { #expect(error?.message.contains(words) == true, "\(String(describing: error))") }
        await pool.close()
    }

    @Test func `is none when pgvector is in a schema that is not searched`() async throws {
        let database = try await TestDatabase.make().connectionString
        let connection = try await PostgresConnection.connect(to: database)
        try await connection.execute(
            script: "CREATE SCHEMA \"far away\"; ALTER EXTENSION vector SET SCHEMA \"far away\"")
        await connection.close()
        let pool = PostgresPool { () async throws(PostgresError) in database }
        try await Self.schema.migrate(pool)
        let vector = PostgresValue.vector([Float](repeating: 0, count: 1535) + [1])
        let rows = try await pool.run(
            PostgresStatement(
                "INSERT INTO embedding_cache (model, content_hash, embedding) VALUES ('m', '', $1::vector) "
                    + "RETURNING embedding <#> $1::vector AS score", [vector])
        ).rows
        #expect(rows.first?["score"] == .float8(-1))
        await pool.close()
    }

    /// A database as the case has it, and a role that owns nothing in it.
    private static func database(_ item: Case) async throws -> (connectionString: String, role: String) {
        let made = try await TestDatabase.make().connectionString
        let role = "role_" + UUID().uuidString.lowercased().filter { $0 != "-" }
        let connection = try await PostgresConnection.connect(to: made)
        try await connection.execute(script: "CREATE ROLE \(role); \(item.before)")
        if !item.options.isEmpty {
            try await connection.execute(script: "CREATE DATABASE \(role) \(item.options)")
        }
        await connection.close()
        guard !item.options.isEmpty else { return (made, role) }
        let name = made.split(separator: " dbname=").last?.prefix { $0 != " " } ?? ""
        return (made.replacing(" dbname=\(name)", with: " dbname=\(role)"), role)
    }
}
