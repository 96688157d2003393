package import Postgres

/// Why a database cannot hold the store as it is, and what changes that, each in one sentence.
package struct StoreObstacle: Sendable, Hashable {
    package let problem: String
    package let mend: String

    package var sentence: String { "\(problem): \(mend)." }
}

extension StoreSchema {
    package static let oldestServer = 15
    package static let oldestVector = (0, 7)

    /// What stands in the way of this program's tables, the first first; nil when nothing does. Changes nothing.
    /// `isWriting`: tables are to be made or changed.
    package func obstacle(
        on connection: PostgresConnection, isWriting: Bool
    ) async throws(PostgresError) -> StoreObstacle? {
        let version = await connection.serverVersion
        if version < Self.oldestServer * 10_000 {
            return StoreObstacle(
                problem: "PostgreSQL \(version / 10_000) is too old",
                mend: "Vocero needs \(Self.oldestServer) or later, with pgvector 0.\(Self.oldestVector.1) or later")
        }
        guard let row = try await connection.run(question).rows.first else { return nil }
        return try ServerFacts(row).obstacle(isWriting: isWriting)
    }

    private var question: PostgresStatement {
        PostgresStatement(
            """
            SELECT current_setting('server_encoding') AS encoding, current_user::text AS role,
                current_database()::text AS database, current_schema()::text AS schema,
                current_setting('transaction_read_only') = 'on' AS is_read_only,
                (SELECT extversion FROM pg_extension WHERE extname = 'vector') AS vector,
                (SELECT n.nspname::text FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
                    WHERE e.extname = 'vector' AND to_regtype('vector') IS NULL) AS vector_schema,
                (SELECT default_version FROM pg_available_extensions WHERE name = 'vector') AS available,
                coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create,
                has_database_privilege(current_database(), 'CREATE') AND coalesce((SELECT bool_or(trusted)
                    FROM pg_available_extension_versions WHERE name = 'vector'), false)
                    OR coalesce((SELECT rolsuper FROM pg_roles WHERE rolname = current_user), false) AS may_extend,
                to_regclass('schema_migrations') IS NOT NULL AND (SELECT count(*) <> 3 FROM pg_attribute
                    WHERE attrelid = to_regclass('schema_migrations') AND attname IN ('number', 'name', 'checksum'))
                    AS has_foreign_list,
                (SELECT string_agg(name, ', ' ORDER BY name) FROM unnest($1::text[]) AS t (name)
                    WHERE to_regclass(name) IS NOT NULL AND to_regclass('schema_migrations') IS NULL) AS foreign_tables
            """, [.textArray(tables)])
    }

    /// The names of the tables that the migrations make.
    private var tables: [String] {
        migrations.flatMap { migration in
            migration.sql.split(separator: "CREATE TABLE ").dropFirst().compactMap { text in
                text.split { !($0.isLetter || $0 == "_") }.first.map { String($0) }
            }
        }
    }
}

/// What a server says of itself and of the role.
private struct ServerFacts {
    let encoding: String
    let role: String
    let database: String
    let schema: String?
    let isReadOnly: Bool
    let vector: String?
    let vectorSchema: String?
    let available: String?
    let mayCreate: Bool
    let mayExtend: Bool
    let hasForeignList: Bool
    let foreignTables: String?

    init(_ row: PostgresRow) throws(PostgresError) {
        encoding = try row.string("encoding")
        role = try row.string("role")
        database = try row.string("database")
        schema = try row.optionalString("schema")
        isReadOnly = try row.bool("is_read_only")
        vector = try row.optionalString("vector")
        vectorSchema = try row.optionalString("vector_schema")
        available = try row.optionalString("available")
        mayCreate = try row.bool("may_create")
        mayExtend = try row.bool("may_extend")
        hasForeignList = try row.bool("has_foreign_list")
        foreignTables = try row.optionalString("foreign_tables")
    }

    func obstacle(isWriting: Bool) -> StoreObstacle? {
        if encoding != "UTF8" {
            return StoreObstacle(
                problem: "The database \(database) holds \(encoding) text", mend: "make one with ENCODING 'UTF8'")
        }
        if hasForeignList || foreignTables != nil {
            return StoreObstacle(
                problem:
                    "The database \(database) has tables of another program (\(foreignTables ?? "schema_migrations"))",
                mend: "use a database of Vocero's own, or a schema: options=-csearch_path%3Dvocero in its URL")
        }
        if let obstacle = extensionObstacle { return obstacle }
        guard isWriting else { return nil }
        if isReadOnly {
            return StoreObstacle(
                problem: "The database \(database) is read-only, and Vocero's tables have to be made or changed",
                mend: "connect to the primary server, or with a role that may write")
        }
        if schema == nil {
            return StoreObstacle(
                problem: "No schema of the search path exists in the database \(database)",
                mend: "CREATE SCHEMA there, or set search_path")
        }
        if !mayCreate, let schema {
            return StoreObstacle(
                problem: "The role \(role) may not make tables in the schema \(schema)",
                mend: "let its owner run: GRANT CREATE ON SCHEMA \(schema) TO \(role)")
        }
        return nil
    }

    private var extensionObstacle: StoreObstacle? {
        let (_, oldest) = StoreSchema.oldestVector
        guard let found = vector ?? available else {
            return StoreObstacle(
                problem: "The server has no pgvector",
                mend: "install pgvector 0.\(oldest) or later there, or unset DATABASE_URL to use the private cluster")
        }
        if !isRecent(found) {
            let isUpdated = available.map(isRecent) ?? false
            return StoreObstacle(
                problem: "pgvector \(found) is too old",
                mend: vector != nil && isUpdated
                    ? "run ALTER EXTENSION vector UPDATE as its owner" : "install pgvector 0.\(oldest) or later there")
        }
        if vector == nil, !mayExtend {
            return StoreObstacle(
                problem: "The role \(role) may not install pgvector in the database \(database)",
                mend: "let a superuser run there: CREATE EXTENSION vector")
        }
        if let vectorSchema {
            return StoreObstacle(
                problem: "pgvector is in the schema \(vectorSchema), which is not searched behind a pooler",
                mend: "run: ALTER ROLE \(role) SET search_path = \"$user\", public, \(vectorSchema)")
        }
        return nil
    }

    private func isRecent(_ version: String) -> Bool {
        let numbers = version.split(separator: ".").map { Int($0) ?? 0 } + [0, 0]
        return (numbers[0], numbers[1]) >= StoreSchema.oldestVector
    }
}
