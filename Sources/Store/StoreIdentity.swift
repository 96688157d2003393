package import Postgres

/// The name that a store has of its own, made when its tables were: whichever way it is reached, it is the same one, and
/// another database has another.
package struct StoreIdentity: Sendable {
    package static let migrations = [PostgresMigration(5, "the store's identity", schema)]

    /// One row, ever.
    private static let schema = """
        CREATE TABLE store_identity (
            only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
            id uuid NOT NULL DEFAULT gen_random_uuid()
        );
        INSERT INTO store_identity DEFAULT VALUES;
        """

    /// Of a store that is at this program's version.
    package static func read(from pool: PostgresPool) async throws(StoreError) -> String {
        let ids = try await StatementRunner(pool, isRepeatable: true).values(
            PostgresStatement("SELECT id::text AS id FROM store_identity"), while: "the store's identity was read"
        ) { row throws(StoreError) in try row.text("id") }
        guard let id = ids.first else { throw StoreError(.configuration, "The store has lost its identity.") }
        return id
    }
}
