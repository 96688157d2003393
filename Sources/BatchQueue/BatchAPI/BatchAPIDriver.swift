internal import Assistant
internal import Concurrency
package import FoundationEssentials
internal import JSON
internal import Postgres
package import Store

/// The one process that drives the remote batches of a batch. It holds an advisory lock for as long as it lives, and what
/// an earlier one still sends is refused.
package struct BatchAPIDriver: Sendable {
    package let batch: UUID
    let id: UUID
    let store: BatchStore
    let pageBytes: Int
    private let seat: PostgresConnection

    /// Takes the wheel and gives it back after `body`; nil when another process has it. Prompts are as long as they like:
    /// items are read in pages, and one that has `pageBytes` of them is full.
    package static func drive<Value: Sendable>(
        _ batch: UUID, of store: BatchStore, pageBytes: Int = 8 << 20,
        _ body: @Sendable (BatchAPIDriver) async throws -> Value
    ) async throws -> Value? {
        let doing = "the remote batches were taken in hand"
        let seat: PostgresConnection
        let isFree: Bool
        do throws(PostgresError) {
            seat = try await store.pool.openLasting()
            let rows = try await seat.run(
                PostgresStatement(
                    "SELECT pg_try_advisory_lock(hashtextextended('vocero remote ' || $1::text, 0)) AS taken",
                    [.text(batch.uuidString.lowercased())])
            ).rows
            isFree = rows.first?["taken"] == .bool(true)
        } catch {
            throw StoreError(error, while: doing)
        }
        let result: Result<Value?, any Error>
        do {
            let driver = BatchAPIDriver(
                batch: batch, id: UUID.timeOrdered(), store: store, pageBytes: pageBytes, seat: seat)
            result = .success(isFree ? try await body(driver) : nil)
        } catch {
            result = .failure(error)
        }
        await shielded { () async in await letGo(of: seat) }
        return try result.get()
    }

    /// The server frees the lock with the connection, a moment after it is closed: the next one should not have to wait.
    private static func letGo(of seat: PostgresConnection) async {
        _ = try? await seat.run(PostgresStatement("SELECT pg_advisory_unlock_all()::text AS freed"))
        await seat.close()
    }

    /// Throws when the lock is lost: another process may have it.
    package func check() async throws(StoreError) {
        do throws(PostgresError) {
            _ = try await seat.run(PostgresStatement("SELECT 1"))
        } catch {
            throw StoreError(error, while: "the remote batches were looked after")
        }
    }

    // MARK: Remote batches

    /// All that are not closed, oldest first; they are this driver's from now on.
    package func takeOver() async throws(StoreError) -> [StoredAPIBatch] {
        let batches = try await store.remoteBatches(
            """
            UPDATE remote_batches SET driver_id = $2::uuid WHERE batch_id = $1::uuid AND state <> 'closed'
            RETURNING \(Self.columns)
            """, [.uuid(batch), .uuid(id)], while: "the remote batches were read")
        return batches.sorted { ($0.createdAt, $0.id.uuidString) < ($1.createdAt, $1.id.uuidString) }
    }

    package func open(model: String, endpoint: String) async throws(StoreError) -> StoredAPIBatch {
        let made = try await store.remoteBatches(
            """
            INSERT INTO remote_batches (id, batch_id, model, endpoint, driver_id)
            VALUES ($3::uuid, $1::uuid, $4::text, $5::text, $2::uuid) RETURNING \(Self.columns)
            """,
            [.uuid(batch), .uuid(id), .uuid(UUID.timeOrdered()), .text(model), .text(endpoint)],
            while: "a remote batch was begun")
        guard let remote = made.first else { throw BatchStore.gone(batch.uuidString.lowercased()) }
        return remote
    }

    /// Stores a remote batch as it is now, if it was in that state and is this driver's.
    ///
    /// Errors: `fenced` when it is not.
    package func store(
        _ remote: StoredAPIBatch, after state: StoredAPIBatch.State
    ) async throws(StoreError) {
        let stored = try await store.remoteBatches(
            """
            UPDATE remote_batches SET state = $3::text, file_id = $4::text, remote_id = $5::text,
                remote_status = $6::text, endpoint = $7::text, changed_at = now()
            WHERE id = $1::uuid AND driver_id = $2::uuid AND state = $8::text RETURNING \(Self.columns)
            """,
            [
                .uuid(remote.id), .uuid(id), .text(remote.state.rawValue), .optional(remote.file),
                .optional(remote.remoteID), .optional(remote.remoteStatus), .text(remote.endpoint),
                .text(state.rawValue),
            ], while: "a remote batch was stored")
        guard !stored.isEmpty else { throw Self.fenced }
    }

    static let columns =
        "id, model, endpoint, state, lines, bytes, file_id, remote_id, remote_status, created_at"

    static let fenced = StoreError(.fenced, "Another process drives the remote batches of this batch now.")
}

extension BatchStore {
    /// The remote batches of a batch that are not closed, oldest first.
    package func openAPIBatches(of batch: UUID) async throws(StoreError) -> [StoredAPIBatch] {
        try await remoteBatches(
            """
            SELECT \(BatchAPIDriver.columns) FROM remote_batches WHERE batch_id = $1::uuid AND state <> 'closed'
            ORDER BY created_at, id
            """, [.uuid(batch)], while: "remote batches were read")
    }

    fileprivate func remoteBatches(
        _ sql: String, _ parameters: [PostgresValue], while doing: String
    ) async throws(StoreError) -> [StoredAPIBatch] {
        try await statements.values(PostgresStatement(sql, parameters), while: doing) { row throws(StoreError) in
            try StoredAPIBatch(row)
        }
    }
}

extension StoredAPIBatch {
    init(_ reader: RowReader) throws(StoreError) {
        id = try reader.uuid("id")
        model = try reader.text("model")
        endpoint = try reader.text("endpoint")
        state = State(rawValue: try reader.text("state")) ?? .closed
        lines = try reader.integer("lines")
        bytes = try reader.integer("bytes")
        file = try reader.optionalText("file_id")
        remoteID = try reader.optionalText("remote_id")
        remoteStatus = try reader.optionalText("remote_status")
        createdAt = try reader.date("created_at")
    }
}
