extension MemoryStore {
    /// The schema's migrations in order; one that has been released is never changed.
    static let migrations: [(number: Int, name: String, sql: String)] = [
        (1, "sessions, messages and runs", firstSchema)
    ]

    /// The schema version this program works with.
    package static let schemaVersion = 1
}
