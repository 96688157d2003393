internal import Assistant
package import FoundationEssentials
package import JSON
package import Postgres
package import Store

/// The batches of one user, in PostgreSQL.
package struct BatchStore: Sendable {
    let pool: PostgresPool
    let user: String
    let redact: @Sendable (String) -> String

    package init(pool: PostgresPool, user: String, redact: @escaping @Sendable (String) -> String = { $0 }) {
        self.pool = pool
        self.user = user
        self.redact = redact
    }

    // MARK: Batches

    /// The batch of that name, made with its partition when there is none. What is given replaces the settings of one
    /// that is there; one that was paused or cancelled is open again.
    package func open(
        name: String, output: String?, settings: JSON, maxCost: Double?
    ) async throws(StoreError) -> BatchStatus {
        let id = UUID.timeOrdered()
        let rows = try await run(
            """
            INSERT INTO batches (id, user_id, name, output, settings, max_cost_usd)
            VALUES ($1::uuid, $2::text, $3::text, $4::text, $5::text::json, $6::float8)
            ON CONFLICT (user_id, name) DO UPDATE SET output = excluded.output, settings = excluded.settings,
                max_cost_usd = excluded.max_cost_usd, state = 'open', reason = NULL, opened_at = now(),
                written_at = CASE WHEN batches.output = excluded.output THEN batches.written_at END
            RETURNING \(Self.statusColumns)
            """,
            [
                .uuid(id), .text(user), .text(name), .optional(output), .text(settings.description), .optional(maxCost),
            ], while: "the batch was opened")
        guard let status = rows.first else { throw Self.gone(name) }
        // Two processes that open the same batch at once both want to make it.
        try await run(
            [
                PostgresStatement("SELECT pg_advisory_xact_lock(hashtextextended('vocero batch partition', 0))"),
                PostgresStatement(Self.makePartition(of: status.id)),
            ], while: "the batch's partition was made")
        return status
    }

    /// Attached, not made as a part: that would wait until nobody reads any batch, and all others behind it.
    private static func makePartition(of id: UUID) -> String {
        let partition = partition(of: id)
        return """
            DO $$ BEGIN
                IF to_regclass('\(partition)') IS NULL THEN
                    CREATE TABLE \(partition) (LIKE batch_items INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
                    ALTER TABLE batch_items ATTACH PARTITION \(partition)
                        FOR VALUES IN ('\(id.uuidString.lowercased())');
                END IF;
            END $$
            """
    }

    package func status(_ id: UUID) async throws(StoreError) -> BatchStatus? {
        try await run(
            "SELECT \(Self.statusColumns) FROM batches WHERE id = $1::uuid AND user_id = $2::text",
            [.uuid(id), .text(user)], while: "the batch was read"
        ).first
    }

    /// All batches, the latest change first.
    package func all(limit: Int = 50) async throws(StoreError) -> [BatchStatus] {
        try await run(
            """
            SELECT \(Self.statusColumns) FROM batches WHERE user_id = $1::text
            ORDER BY greatest(changed_at, opened_at) DESC LIMIT $2::int8
            """, [.text(user), .int8(Int64(limit))], while: "the batches were listed")
    }

    /// The batch with this name, or whose id begins so; nil when there is none or there are several.
    package func find(_ text: String) async throws(StoreError) -> BatchStatus? {
        let found = try await run(
            """
            SELECT \(Self.statusColumns) FROM batches
            WHERE user_id = $1::text AND (name = $2::text OR id::text LIKE $3::text) LIMIT 2
            """, [.text(user), .text(text), .text(text.replacing("%", with: "\\%").replacing("_", with: "\\_") + "%")],
            while: "the batch was looked for")
        return found.count == 1 ? found[0] : found.first { $0.name == text }
    }

    /// This worker reads the input now: there may come more items for as long as it lives.
    package func beginReading(_ batch: UUID, by worker: UUID) async throws(StoreError) {
        try await run(
            [
                PostgresStatement(
                    "UPDATE batches SET reader_id = $2::uuid WHERE id = $1::uuid",
                    [.uuid(batch), .uuid(worker)]), Self.notice(of: batch),
            ], while: "the beginning of the input was noted")
    }

    /// All of the input is in the queue.
    package func endReading(_ batch: UUID, by worker: UUID) async throws(StoreError) {
        try await run(
            [
                PostgresStatement(
                    "UPDATE batches SET reader_id = NULL WHERE id = $1::uuid AND reader_id = $2::uuid",
                    [.uuid(batch), .uuid(worker)]), Self.notice(of: batch),
            ], while: "the end of the input was noted")
    }

    /// Begins nothing new of an open batch until a person has looked.
    package func pause(_ id: UUID, reason: String) async throws(StoreError) {
        try await run(
            [
                PostgresStatement(
                    """
                    UPDATE batches SET state = 'paused', reason = $2::text, opened_at = now()
                    WHERE id = $1::uuid AND state = 'open'
                    """, [.uuid(id), .text(StorableText.visible(redact(reason)))]), Self.notice(of: id),
            ], while: "the batch was paused")
    }

    /// Goes on with a batch that was paused or cancelled.
    package func reopen(_ id: UUID) async throws(StoreError) {
        try await run(
            [
                PostgresStatement(
                    "UPDATE batches SET state = 'open', reason = NULL, opened_at = now() WHERE id = $1::uuid",
                    [.uuid(id)]), Self.notice(of: id),
            ], while: "the batch was opened again")
    }

    /// The results as they were at that change are written as a whole, to where they belong now.
    package func noteWritten(_ id: UUID, asOf changedAt: Date, to output: String?) async throws(StoreError) {
        try await run(
            [
                PostgresStatement(
                    """
                    UPDATE batches SET written_at = $2::timestamptz
                    WHERE id = $1::uuid AND output IS NOT DISTINCT FROM $3::text
                    """, [.uuid(id), .timestamptz(changedAt), .optional(output)])
            ], while: "it was noted that results are written")
    }

    /// Wakes who waits for work.
    static func notice(of batch: UUID) -> PostgresStatement {
        PostgresStatement(
            "SELECT pg_notify('\(WorkerLock.channel)', $1::text)::text AS said", [.text(batch.uuidString.lowercased())])
    }

    /// Forgets a batch into which nothing was put.
    package func discardIfEmpty(_ id: UUID) async throws(StoreError) {
        let deleted = try await rows(
            PostgresStatement(
                "DELETE FROM batches WHERE id = $1::uuid AND next_position = 0 RETURNING id", [.uuid(id)]),
            while: "an empty batch was forgotten")
        guard !deleted.isEmpty else { return }
        try await run(
            [PostgresStatement("DROP TABLE IF EXISTS \(Self.partition(of: id))")], while: "an empty batch was forgotten"
        )
    }

    private static func partition(of id: UUID) -> String {
        "batch_items_" + id.uuidString.lowercased().replacing("-", with: "")
    }

    // MARK: Statements

    static let statusColumns = """
        id, name, output, state, reason, settings::text AS settings, max_cost_usd, spent_usd, reserved_usd,
        unsettled_usd, reader_id IS NOT NULL AS is_reading, pending, running, done, failed, parked, skipped, input_tokens, output_tokens, created_at, changed_at, opened_at,
        written_at
        """

    /// A claim, a reservation or a use that may have been made is not made twice.
    var statements: StatementRunner { StatementRunner(pool, isRepeatable: false) }

    private func run(
        _ sql: String, _ parameters: [PostgresValue], while doing: String
    ) async throws(StoreError) -> [BatchStatus] {
        try await statements.values(PostgresStatement(sql, parameters), while: doing) { row throws(StoreError) in
            try BatchStatus(row)
        }
    }

    func rows(_ statement: PostgresStatement, while doing: String) async throws(StoreError) -> [PostgresRow] {
        try await statements.rows(statement, while: doing)
    }

    @discardableResult
    func run(_ statements: [PostgresStatement], while doing: String) async throws(StoreError) -> [PostgresResult] {
        try await self.statements.run(statements, while: doing)
    }

    static func gone(_ name: String) -> StoreError {
        StoreError(.notFound, "There is no batch \(name): `vocero batch status` lists them.")
    }
}

extension PostgresValue {
    static func optional(_ text: String?) -> PostgresValue { text.map { .text(StorableText.visible($0)) } ?? .null }
    static func optional(_ number: Double?) -> PostgresValue { number.map { .float8($0) } ?? .null }
}

extension BatchStatus {
    init(_ reader: RowReader) throws(StoreError) {
        id = try reader.uuid("id")
        name = try reader.text("name")
        output = try reader.optionalText("output")
        state = State(rawValue: try reader.text("state")) ?? .open
        reason = try reader.optionalText("reason")
        settings = (try? JSON(parsing: try reader.text("settings"))) ?? .null
        maxCost = try reader.optionalDouble("max_cost_usd")
        spent = try reader.double("spent_usd")
        // What sums of parts of a dollar leave is nothing.
        let reservedDollars = try reader.double("reserved_usd")
        reserved = reservedDollars < 1e-9 ? 0 : reservedDollars
        unsettled = try reader.double("unsettled_usd")
        isReading = try reader.bool("is_reading")
        counts = [:]
        for state in BatchItemState.allCases { counts[state] = try reader.integer(state.rawValue) }
        inputTokens = try reader.integer("input_tokens")
        outputTokens = try reader.integer("output_tokens")
        createdAt = try reader.date("created_at")
        changedAt = try reader.date("changed_at")
        openedAt = try reader.date("opened_at")
        writtenAt = try reader.optionalDate("written_at")
    }
}
