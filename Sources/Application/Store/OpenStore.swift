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
    /// Runs that were brought in from the spool when it was opened.
    let broughtIn: Int

    /// All that this program keeps in the database.
    static let schema = StoreSchema(
        MemoryStore.migrations + BatchStore.migrations + StoreIdentity.migrations)
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
        let identity = try await StoreIdentity.read(from: pool)
        remember(store: identity)
        let primary = MemoryJournal(memory, identity: identity, address: storeAddress)
        var broughtIn = 0
        if SpoolDrain.isNeeded(directory: spoolDirectory) {
            let report = try await SpoolDrain(directory: spoolDirectory, into: primary).run()
            broughtIn = report.restored.count
            if !report.restored.isEmpty {
                reporter.notice("brought \(report.restored.count) runs from the local spool into the store")
            }
            for sentence in report.setAside { reporter.notice(sentence) }
            if report.foreign > 0, reporter.isVerbose {
                reporter.notice("\(report.foreign) runs in the local spool wait for another store or user")
            }
        }
        let journal = SpoolingJournal(
            primary: primary, directory: spoolDirectory, allowSpoolFromStart: spoolsFromStart,
            redact: { redactor.redacted($0) })
        return OpenStore(memory: memory, journal: journal, pool: pool, embedder: embedder, broughtIn: broughtIn)
    }
}
