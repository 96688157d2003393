package import Assistant
internal import BatchQueue
internal import Concurrency
package import Memory
package import Postgres
internal import Redaction
package import Services
internal import Settings
internal import Store

/// The opened store of one command or request.
package struct OpenStore: Sendable {
    package let memory: MemoryStore
    package let journal: SpoolingJournal
    package let pool: PostgresPool
    /// Nil when there is neither an endpoint nor a local engine.
    package let embedder: (any Embedder)?

    /// All that this program keeps in the database.
    static let schema = StoreSchema(MemoryStore.migrations + BatchStore.migrations)
    package static var schemaVersion: Int { schema.version }

    package func close() async { await pool.close() }
}

extension Context {
    package var spoolDirectory: String { settings.places.home + "/spool" }

    package var cluster: PrivateCluster {
        PrivateCluster(home: settings.places.home, postgresDirectory: settings.places.postgresDirectory)
    }

    /// Connections to the configured database, or to the private cluster, which is started when it is needed.
    package func pool(maxConnections: Int = 4) -> PostgresPool {
        let reporter = reporter
        let silence = Once {
            reporter.notice("the database has not answered for two seconds; it is waited for (Ctrl-C ends it)")
        }
        if let url = settings.databaseURL {
            return PostgresPool(maxConnections: maxConnections, onSilence: silence.callAsFunction) {
                () async throws(PostgresError) in url
            }
        }
        let cluster = cluster
        return PostgresPool(maxConnections: maxConnections, onSilence: silence.callAsFunction) {
            () async throws(PostgresError) in
            do throws(ServicesError) {
                return try await cluster.connectionString { reporter.progress($0) }
            } catch {
                throw PostgresError(error.code == .cancelled ? .cancelled : .connection, message: error.message)
            }
        }
    }

    /// Opens the store: connected, migrated, and with what earlier runs had to leave in the spool brought in.
    ///
    /// `spoolsFromStart`: a run that cannot be begun in the store is begun in the spool.
    package func openStore(spoolsFromStart: Bool = false) async throws -> OpenStore {
        let pool = pool()
        let redactor = redactor
        let reporter = reporter
        var options = MemoryStore.Options()
        options.recalledTurns = settings.context.turns
        let embedder = embedder()
        let memory = MemoryStore(
            pool: pool, user: settings.user, embedder: embedder, options: options,
            redact: { redactor.redacted($0) }, notice: { reporter.notice($0) })
        try await OpenStore.schema.migrate(pool)
        reporter.clearProgress()
        if SpoolDrain.isNeeded(directory: spoolDirectory) {
            let report = try await SpoolDrain(directory: spoolDirectory, into: MemoryJournal(memory)).run()
            if !report.restored.isEmpty {
                reporter.notice("brought \(report.restored.count) runs from the local spool into the store")
            }
            for sentence in report.setAside { reporter.notice(sentence) }
        }
        let journal = SpoolingJournal(
            primary: MemoryJournal(memory), directory: spoolDirectory, allowSpoolFromStart: spoolsFromStart,
            redact: { redactor.redacted($0) })
        return OpenStore(memory: memory, journal: journal, pool: pool, embedder: embedder)
    }
}

extension Context {
    /// Opens the store for a body and closes it whatever happens.
    package func withStore<Value>(_ body: (OpenStore) async throws -> Value) async throws -> Value {
        let store = try await openStore()
        do {
            let value = try await body(store)
            await store.close()
            return value
        } catch {
            await store.close()
            throw error
        }
    }
}
