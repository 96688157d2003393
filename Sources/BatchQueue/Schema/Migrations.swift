package import Postgres

extension BatchStore {
    /// The queue's part of the schema, in order; one that has been released is never changed.
    package static let migrations = [PostgresMigration(2, "batches", batchSchema)]
}
