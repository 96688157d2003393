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
        do throws(PostgresError) {
            return try await pool.withConnection { connection async throws(PostgresError) in
                let found = try await connection.run(PostgresStatement("SELECT id::text AS id FROM store_identity"))
                guard case .text(let id)? = found.rows.first?["id"] else {
                    throw PostgresError(.schemaMismatch, message: "The store has lost its identity.")
                }
                return id
            }
        } catch {
            throw StoreError(error, while: "the store's identity was read")
        }
    }
}
