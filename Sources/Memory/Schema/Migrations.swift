package import Postgres
internal import Retrieval

extension MemoryStore {
    /// Memory's part of the schema, in order; one that has been released is never changed.
    package static let migrations = [
        PostgresMigration(1, "sessions, messages and runs", firstSchema),
        PostgresMigration(3, "who fills in embeddings", FillingLock.schema),
        PostgresMigration(4, "embeddings of another model", embeddingSchema),
        PostgresMigration(6, "tokens written to a server's cache", cacheWrites),
        PostgresMigration(7, "repositories by host, sessions by who led them", repositorySchema),
    ]
}
