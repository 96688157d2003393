internal import Postgres

extension MemoryStore {
    /// The schema's migrations in order; one that has been released is never changed.
    static let migrations = [
        PostgresMigration(1, "sessions, messages and runs", firstSchema),
        PostgresMigration(2, "batches", batchSchema),
    ]

    /// The schema version this program works with.
    package static let schemaVersion = 2
}
