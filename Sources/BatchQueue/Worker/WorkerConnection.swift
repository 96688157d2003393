internal import FoundationEssentials
internal import Glibc
internal import Postgres
internal import Store

/// A worker's place in its batch: the connection that holds its lock, hears of changes and reports.
///
/// It belongs to nothing else, so that the server frees the lock when the process dies, and at no other time. When the
/// connection breaks and the process lives, the place is taken again, if nobody has cleared it meanwhile.
actor WorkerConnection {
    private let store: BatchStore
    private let batch: UUID
    private let worker: UUID
    private var connection: PostgresConnection?
    private var lockKey: Int?
    /// By this process's own clock: clocks that jump kill nobody.
    private var others: SilenceWatch
    /// When the connection that broke was made again.
    private var lastReturn: ContinuousClock.Instant?

    /// Who comes back from an absence of the server lets the others come back too, before it takes free locks for deaths.
    private static let timeToReturn = Duration.seconds(3)

    init(store: BatchStore, batch: UUID, worker: UUID, lease: Duration) {
        self.store = store
        self.batch = batch
        self.worker = worker
        others = SilenceWatch(lease: lease)
    }

    /// Takes the place, also a second time after the connection broke.
    ///
    /// Errors: `fenced` when others have cleared the place.
    func take() async throws(StoreError) {
        do throws(PostgresError) {
            let connection = try await store.pool.openLasting()
            self.connection = connection
            _ = try await connection.execute(script: "LISTEN \(WorkerLock.channel)")
            guard let lockKey else { return try await register(connection) }
            try await lock(connection, lockKey)
            lastReturn = .now
        } catch {
            await letGo()
            throw StoreError(error, while: "the worker took its place")
        }
    }

    private func register(_ connection: PostgresConnection) async throws(PostgresError) {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, 255)
        let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let key = try await connection.run(
            PostgresStatement("SELECT nextval('batch_worker_keys')::int4 AS key"))
        guard let row = key.rows.first, let value = try? row.int("key") else {
            throw PostgresError(.decoding, message: "The worker's lock has no key.")
        }
        // The lock first: a worker whose row is there without it is dead.
        try await lock(connection, value)
        _ = try await connection.run(
            PostgresStatement(
                """
                INSERT INTO batch_workers (id, batch_id, host, process, lock_key)
                VALUES ($1::uuid, $2::uuid, $3::text, $4::int4, $5::int8)
                """, [.uuid(worker), .uuid(batch), .text(host), .int4(getpid()), .int8(Int64(value))]))
        lockKey = value
    }

    /// Whoever still holds this worker's lock is an earlier connection of this process that the server believes in.
    private func lock(_ connection: PostgresConnection, _ key: Int) async throws(PostgresError) {
        _ = try await connection.run(
            PostgresStatement(
                """
                SELECT pg_terminate_backend(l.pid) FROM pg_locks l
                WHERE l.locktype = 'advisory' AND l.classid = \(WorkerLock.lockClass) AND l.objid = $1::int8 AND l.granted
                    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    AND l.pid <> pg_backend_pid()
                """, [.int8(Int64(key))]))
        _ = try await connection.run(
            PostgresStatement("SELECT pg_advisory_lock(\(WorkerLock.lockClass), $1::int8::int4)", [.int8(Int64(key))]))
    }

    func letGo() async {
        await connection?.close()
        connection = nil
    }

    // MARK: Reports

    /// Sleeps until something changes in a batch, at most so long. True when something did.
    func rest(atMost limit: Duration) async -> Bool {
        guard let connection else {
            // Waiting for the store to come back; a cancelled wait ends early, and that is what is wanted.
            try? await Task.sleep(for: limit)
            return false
        }
        do throws(PostgresError) {
            guard try await connection.waitForNotification(atMost: limit) else { return false }
            // Others have heard it too, and a burst of additions is one change.
            try? await Task.sleep(for: .milliseconds(10))
            return true
        } catch {
            if error.kind != .cancelled { await letGo() }
            return false
        }
    }

    /// Says that this worker lives, and puts back what the dead and the silent have left.
    ///
    /// Errors: `fenced` when this worker was given up; `unavailable` while there is no connection.
    func beat() async throws(StoreError) -> WorkerReport {
        let doing = "the worker reported"
        if connection == nil { try await take() }
        let asked = ContinuousClock.now
        let results = try await pipeline(WorkerStatements.report(worker, batch), while: doing)
        guard results.count == 3, results[0].rows.count == 1 else {
            throw BatchWorker.givenUp
        }
        var living: [UUID] = []
        var gone: [WorkerStatements.Gone] = []
        let heard = ContinuousClock.now
        let areComing = lastReturn.map { heard - $0 < Self.timeToReturn } ?? false
        for row in results[1].rows {
            let reader = RowReader(row, while: doing)
            let (id, beats) = (try reader.uuid("id"), try reader.integer("beats"))
            let isAlive = try reader.bool("is_alive") || areComing
            let isSilent = others.isSilent(id, beats: beats, asked: asked, heard: heard)
            if id == worker || (isAlive && !isSilent) { living.append(id) } else { gone.append((id, beats)) }
        }
        others.keep(living)
        var status = results[2]
        if !gone.isEmpty {
            let cleared = try await pipeline(
                WorkerStatements.clear(gone, of: batch), while: "dead workers were cleared")
            status = cleared[cleared.count - 1]
        }
        guard let row = status.rows.first else { throw BatchStore.gone(batch.uuidString.lowercased()) }
        return WorkerReport(
            asked: asked, status: try BatchStatus(RowReader(row, while: doing)), workers: living.count,
            rank: living.firstIndex(of: worker) ?? 0)
    }

    private func pipeline(
        _ statements: [PostgresStatement], while doing: String
    ) async throws(StoreError) -> [PostgresResult] {
        guard let connection else { throw StoreError(.unavailable, "The store is away while \(doing).") }
        do throws(PostgresError) {
            return try await connection.runTogether(statements)
        } catch {
            if error.kind == .connection { await letGo() }
            throw StoreError(error, while: doing)
        }
    }
}

/// What a worker hears when it reports.
package struct WorkerReport: Sendable {
    /// When it began to report: from then on the others count a whole lease for it, however late this is read.
    package var asked: ContinuousClock.Instant
    package var status: BatchStatus
    /// Workers of the batch that live, this one included.
    package var workers: Int
    /// This one's place among them, from 0.
    package var rank: Int
}
