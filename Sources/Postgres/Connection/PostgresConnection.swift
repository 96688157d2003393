internal import Concurrency
internal import CPostgres
internal import Synchronization

/// A statement with its parameters (`$1`, `$2`, …). The same text is prepared once a connection.
///
/// The server infers the parameters' types and each value is sent as that type: integers are range-checked, and
/// text is read by the server where it expects another type.
package struct PostgresStatement: Sendable {
    package var sql: String
    package var parameters: [PostgresValue]

    package init(_ sql: String, _ parameters: [PostgresValue] = []) {
        self.sql = sql
        self.parameters = parameters
    }
}

/// One libpq connection on a serial queue of its own.
///
/// After an error it is usable as before, unless the error is of kind `connection`. Cancelling the task that
/// waits for a statement cancels the statement in the server: the error is of kind `cancelled`, or, when the
/// server was done first, there is none.
package actor PostgresConnection {
    private let executor = BlockingExecutor(label: "vocero.postgres")
    private let interruption: Interruption
    let session: Session
    var isInTransaction = false
    private let reusable = Atomic(false)

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    private init() {
        interruption = Interruption()
        session = Session(interruption: interruption)
    }

    /// Connects by a connection string (`postgresql://…` or `host=… dbname=…`; libpq's `PG*` variables fill in
    /// what it leaves out). Gives up after `connect_timeout`, or ten seconds.
    ///
    /// `onSilence` is told when the server takes more than two seconds to answer, once for each thing it is asked.
    package static func connect(
        to connectionString: String, onSilence: (@Sendable () -> Void)? = nil
    ) async throws(PostgresError) -> PostgresConnection {
        let connection = PostgresConnection()
        try await connection.open(connectionString, onSilence)
        return connection
    }

    private func open(
        _ connectionString: String, _ onSilence: (@Sendable () -> Void)?
    ) async throws(PostgresError) {
        session.onSilence = onSilence
        try await interruptible { session throws(PostgresError) in
            if Task.isCancelled { throw .cancelled }
            try session.open(connectionString)
        }
    }

    /// Runs one prepared statement with binary parameters and results. Cancelling the task cancels the statement.
    @discardableResult
    package func run(_ statement: PostgresStatement) async throws(PostgresError) -> PostgresResult {
        try await using { session throws(PostgresError) in try session.run([statement])[0] }
    }

    /// Runs statements in one round trip (two, when some are new to this connection) and one implicit
    /// transaction: all or none. The results are in order. No statement may need what an earlier one creates.
    @discardableResult
    package func pipeline(_ statements: [PostgresStatement]) async throws(PostgresError) -> [PostgresResult] {
        guard !statements.isEmpty else { return [] }
        return try await using { session throws(PostgresError) in try session.run(statements) }
    }

    /// Runs SQL text of any number of statements without parameters (migrations, settings), in one implicit
    /// transaction unless the text says otherwise.
    package func execute(script: String) async throws(PostgresError) {
        try await using { session throws(PostgresError) in _ = try session.execute(script: script) }
    }

    /// COPY … FROM STDIN (FORMAT binary): all rows or none. Gives the number of rows.
    ///
    /// The rows are taken one by one and sent in blocks, so that a lazy sequence needs little memory. A dot in
    /// `table` separates schema and name. Values must be of the columns' types.
    @discardableResult
    package func copyIn(
        table: String, columns: [String], rows: sending some Sequence<[PostgresValue]>
    ) async throws(PostgresError) -> Int {
        try await using { session throws(PostgresError) in
            try session.copyIn(table: table, columns: columns, rows: rows)
        }
    }

    /// Such as 180006; 0 when the connection is closed.
    package var serverVersion: Int { session.serverVersion }

    /// Whether a pooler stands between: what a session keeps (prepared statements, locks, settings, notifications) may
    /// be another client's after each transaction.
    package var isPooled: Bool { session.isPooled }

    /// Ends the session. What is used after it fails with kind `connection`.
    package func close() {
        session.close()
        reusable.store(false, ordering: .releasing)
    }

    /// Whether the server still holds the connection, as far as can be told without asking it.
    func isAlive() -> Bool { session.isAlive() }

    /// Whether it was left open and outside a transaction.
    nonisolated var isReusable: Bool { reusable.load(ordering: .acquiring) }
}

// MARK: - Cancellation

extension PostgresConnection {
    /// Uses the open session. Its calls block this actor's queue; a cancellation of the task wakes them.
    func using<Value: Sendable>(
        _ body: (Session) throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        try await interruptible { session throws(PostgresError) in
            try session.use { () throws(PostgresError) in try body(session) }
        }
    }

    /// Uses the session for what must not be left half done.
    func shielded<Value>(_ body: (Session) throws(PostgresError) -> Value) throws(PostgresError) -> Value {
        interruption.reset()
        defer { noteState() }
        return try session.use { () throws(PostgresError) in try body(session) }
    }

    private func interruptible<Value: Sendable>(
        _ body: (Session) throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        let interruption = interruption
        interruption.reset()
        // Nothing suspends between here and the end of the body: no other use can come between.
        let result: Result<Value, PostgresError> = await withTaskCancellationHandler {
            do throws(PostgresError) {
                return .success(try body(session))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            interruption.raise()
        }
        noteState()
        return try result.get()
    }

    private func noteState() {
        reusable.store(
            session.isOpen && session.transactionStatus == PQTRANS_IDLE && !isInTransaction, ordering: .releasing)
    }
}
