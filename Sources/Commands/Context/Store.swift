internal import Assistant
internal import BatchQueue
internal import Memory
internal import Postgres
internal import Redaction
internal import Services
internal import Settings
internal import Store

/// The opened store of one command.
struct Store: Sendable {
    let memory: MemoryStore
    let journal: SpoolingJournal
    let pool: PostgresPool
    /// All that this program keeps in the database.
    static let schema = StoreSchema(MemoryStore.migrations + BatchStore.migrations)

    /// Nil when there is neither an endpoint nor a local engine.
    let embedder: (any Embedder)?

    func close() async { await pool.close() }
}

extension Context {
    var spoolDirectory: String { settings.places.home + "/spool" }

    var cluster: PrivateCluster {
        PrivateCluster(home: settings.places.home, postgresDirectory: settings.places.postgresDirectory)
    }

    /// Connections to the configured database, or to the private cluster, which is started when it is needed.
    func pool(maxConnections: Int = 4) -> PostgresPool {
        if let url = settings.databaseURL {
            return PostgresPool(maxConnections: maxConnections) { () async throws(PostgresError) in url }
        }
        let cluster = cluster
        let console = console
        return PostgresPool(maxConnections: maxConnections) { () async throws(PostgresError) in
            do throws(ServicesError) {
                return try await cluster.connectionString { console.progress($0) }
            } catch {
                throw PostgresError(error.code == .cancelled ? .cancelled : .connection, message: error.message)
            }
        }
    }

    /// Opens the store: connected, migrated, and with what earlier runs had to leave in the spool brought in.
    ///
    /// `spoolsFromStart`: a run that cannot be begun in the store is begun in the spool.
    func openStore(spoolsFromStart: Bool = false) async throws -> Store {
        let pool = pool()
        let redactor = redactor
        let console = console
        var options = MemoryStore.Options()
        options.recalledTurns = settings.context.turns
        let embedder = embedder()
        let memory = MemoryStore(
            pool: pool, user: settings.user, embedder: embedder, options: options,
            redact: { redactor.redacted($0) }, notice: { console.notice($0) })
        try await Store.schema.migrate(pool)
        console.clearProgress()
        if SpoolDrain.isNeeded(directory: spoolDirectory) {
            let report = try await SpoolDrain(directory: spoolDirectory, into: memory).run()
            if !report.restored.isEmpty {
                console.notice("brought \(report.restored.count) runs from the local spool into the store")
            }
            for sentence in report.setAside { console.notice(sentence) }
        }
        let journal = SpoolingJournal(
            primary: memory, directory: spoolDirectory, allowSpoolFromStart: spoolsFromStart,
            redact: { redactor.redacted($0) })
        return Store(memory: memory, journal: journal, pool: pool, embedder: embedder)
    }
}
