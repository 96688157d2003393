internal import Blocking
internal import CPostgres
internal import Dispatch
internal import Synchronization

/// A statement with its parameters (`$1`, `$2`, …). The same text is prepared once a connection.
package struct PostgresStatement: Sendable {
    package var sql: String
    package var parameters: [PostgresValue]

    package init(_ sql: String, _ parameters: [PostgresValue] = []) {
        self.sql = sql
        self.parameters = parameters
    }
}

/// One libpq connection on a serial queue of its own.
package actor PostgresConnection {
    private let executor = BlockingExecutor(label: "vocero.postgres")
    /// Nil once closed.
    private var link: ServerLink?
    private nonisolated let canceller: Canceller
    /// Prepared statements by their text, with the parameter types the server inferred.
    private var prepared: [String: Prepared] = [:]
    private var typeNames: [UInt32: String] = [:]

    struct Prepared {
        let name: String
        let parameterTypes: [UInt32]
    }

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    private init(_ link: ServerLink) {
        self.link = link
        canceller = link.canceller
    }

    /// Connects by a connection string (`postgresql://…` or `host=… dbname=…`; libpq's `PG*` variables fill in
    /// what it leaves out). Gives up after `connect_timeout`, 10 seconds unless the string says otherwise.
    package static func connect(to connectionString: String) async throws(PostgresError) -> PostgresConnection {
        let cancelled = CancellationFlag()
        let result = await withTaskCancellationHandler {
            await blocking(label: "vocero.postgres.connect") { () throws(Never) -> Result<ServerLink, PostgresError> in
                do throws(PostgresError) {
                    return .success(try ServerLink.connect(to: connectionString) { cancelled.isSet })
                } catch {
                    return .failure(error)
                }
            }
        } onCancel: {
            cancelled.set()
        }
        return PostgresConnection(try result.get())
    }

    /// False once the server or the network ended it.
    package var isUsable: Bool { link.map { !$0.isBroken } ?? false }

    /// As the server says it: 180006 is 18.6.
    package var serverVersion: Int {
        guard let link else { return 0 }
        return unsafe Int(PQserverVersion(link.handle))
    }

    /// Runs one prepared statement with binary parameters and results. Cancelling the task cancels the statement.
    @discardableResult
    package func run(_ statement: PostgresStatement) async throws(PostgresError) -> PostgresResult {
        let results = try await cancellable { connection throws(PostgresError) in
            [try connection.runNow(statement)]
        }
        return results.first ?? PostgresResult(rows: [], affectedRows: 0)
    }

    /// Runs statements in one round trip and one implicit transaction: all or none. The results are in order.
    @discardableResult
    package func pipeline(_ statements: [PostgresStatement]) async throws(PostgresError) -> [PostgresResult] {
        try await cancellable { connection throws(PostgresError) in try connection.pipelineNow(statements) }
    }

    /// Runs SQL text of any number of statements without parameters (migrations, settings).
    package func execute(script: String) async throws(PostgresError) {
        try await cancellable { connection throws(PostgresError) in try connection.executeNow(script) }
    }

    /// COPY … FROM STDIN (FORMAT binary): all rows or none. Gives the number of rows.
    @discardableResult
    package func copyIn(
        table: String, columns: [String], rows: [[PostgresValue]]
    ) async throws(PostgresError) -> Int {
        try await cancellable { connection throws(PostgresError) in
            try connection.copyNow(table: table, columns: columns, rows: rows)
        }
    }

    /// Ends the connection; further use throws.
    package func close() { link = nil }

    /// Runs a blocking body on this connection's queue; cancelling the task reaches the server meanwhile.
    private func cancellable<Value: Sendable>(
        _ body: (isolated PostgresConnection) throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        if Task.isCancelled { throw PostgresError(.cancelled, message: "cancelled") }
        let canceller = canceller
        canceller.begin()
        defer { canceller.end() }
        let result = await withTaskCancellationHandler { () -> Result<Value, PostgresError> in
            do throws(PostgresError) {
                return .success(try body(self))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            // PQcancel waits for the server: not on the thread that cancels.
            DispatchQueue(label: "vocero.postgres.cancel").async { canceller.cancel() }
        }
        return try result.get()
    }

    func openLink() throws(PostgresError) -> ServerLink {
        guard let link else { throw PostgresError(.connection, message: "the connection is closed") }
        return link
    }

    // MARK: Preparing

    /// Prepares what is not prepared yet, all in one round trip.
    func prepare(_ statements: [PostgresStatement]) throws(PostgresError) {
        let link = try openLink()
        var fresh: [(sql: String, name: String)] = []
        for statement in statements
        where prepared[statement.sql] == nil && !fresh.contains(where: { $0.sql == statement.sql }) {
            fresh.append((statement.sql, "vocero_\(prepared.count + fresh.count)"))
        }
        guard !fresh.isEmpty else { return }
        try Pipeline.run(on: link) { pipeline throws(PostgresError) in
            for (sql, name) in fresh {
                try pipeline.send(unsafe PQsendPrepare(link.handle, name, sql, 0, nil))
                try pipeline.send(unsafe PQsendDescribePrepared(link.handle, name))
            }
            try pipeline.sync()
            for (sql, name) in fresh {
                try pipeline.next { _ throws(PostgresError) in }
                try pipeline.next { result throws(PostgresError) in
                    self.prepared[sql] = Prepared(name: name, parameterTypes: result.parameterTypes)
                }
            }
        }
    }

    func preparedStatement(_ statement: PostgresStatement) throws(PostgresError) -> Prepared {
        guard let found = prepared[statement.sql] else {
            throw PostgresError(.server, message: "a statement was not prepared")
        }
        guard found.parameterTypes.count == statement.parameters.count else {
            throw PostgresError(
                .server, sqlState: "08P01",
                message:
                    "a statement takes \(found.parameterTypes.count) parameters and got \(statement.parameters.count)")
        }
        return found
    }

    /// Forgets everything prepared: the server has dropped it or its tables changed under it.
    func forgetPrepared() { prepared = [:] }

    func typeName(_ type: UInt32) -> String? { typeNames[type] }

    /// Asks the server for the names of user-defined types in a result.
    func learnTypes(_ types: [UInt32]) throws(PostgresError) {
        let fresh = types.filter { $0 >= TypeOID.firstUserDefined && typeNames[$0] == nil }
        guard !fresh.isEmpty else { return }
        let link = try openLink()
        let list = Set(fresh).map(String.init).joined(separator: ",")
        let sql = "SELECT oid::int8, typname::text FROM pg_type WHERE oid IN (\(list))"
        guard let result = unsafe ServerResult(PQexecParams(link.handle, sql, 0, nil, nil, nil, nil, 1)) else {
            throw link.error
        }
        guard result.isGood else { throw result.error(connectionIsBroken: link.isBroken) }
        for row in try result.rows(typeName: { _ in nil }).rows {
            if case .int8(let oid) = row.values[0], case .text(let name) = row.values[1] {
                typeNames[UInt32(truncatingIfNeeded: oid)] = name
            }
        }
    }
}

/// Set once, seen by a thread that polls.
final class CancellationFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }
}
