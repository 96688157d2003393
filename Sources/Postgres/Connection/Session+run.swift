internal import CPostgres

extension Session {
    /// Runs statements in order: one by itself, more of them in one round trip and one implicit transaction.
    func run(_ list: [PostgresStatement]) throws(PostgresError) -> [PostgresResult] {
        let hadPrepared = list.contains { statements.contains($0.sql) }
        do throws(PostgresError) {
            return try runOnce(list)
        } catch {
            // 0A000: a table changed under a prepared statement. 26000: someone dropped the statement.
            guard hadPrepared, error.sqlState == "0A000" || error.sqlState == "26000" else { throw error }
            for statement in list { statements.remove(statement.sql) }
            // Outside a transaction block the failed attempt has left nothing behind.
            guard transactionStatus == PQTRANS_IDLE else { throw error }
            return try runOnce(list)
        }
    }

    private func runOnce(_ list: [PostgresStatement]) throws(PostgresError) -> [PostgresResult] {
        try prepare(list.map(\.sql))
        var ready: [(statement: PreparedStatement, sql: String, parameters: ParameterBuffer)] = []
        for statement in list {
            guard let prepared = statements.use(statement.sql) else { throw .closed }
            let parameters = try ParameterBuffer(
                statement.parameters, types: prepared.parameterTypes, catalog: types)
            ready.append((prepared, statement.sql, parameters))
        }
        guard !interruption.isRaised else { throw .cancelled }
        var read = [PostgresResult](repeating: PostgresResult(rows: [], affectedRows: 0), count: list.count)
        if let only = ready.first, ready.count == 1 {
            try results(send(only.statement, only.sql, only.parameters)) { read[0] = self.read($0) }
        } else {
            try pipelined(ready.count) {
                ready.allSatisfy { send($0.statement, $0.sql, $0.parameters) == 1 }
            } receive: { command, result in
                read[command] = self.read(result)
            }
        }
        return read
    }

    private func send(
        _ statement: PreparedStatement, _ sql: String, _ parameters: borrowing ParameterBuffer
    ) -> Int32 {
        let count = Int32(parameters.lengths.count)
        let (lengths, formats) = (parameters.lengths, parameters.formats)
        return unsafe parameters.withPointers { values in
            guard statement.name.isEmpty else {
                return unsafe PQsendQueryPrepared(connection, statement.name, count, values, lengths, formats, 1)
            }
            return unsafe PQsendQueryParams(
                connection, sql, count, statement.parameterTypes, values, lengths, formats, 1)
        }
    }

    /// Runs SQL text of any number of statements. Gives the last command's tag.
    @discardableResult
    func execute(script: String) throws(PostgresError) -> String {
        try refuseNUL(script)
        var tag = ""
        try results(unsafe PQsendQuery(connection, script)) { tag = $0.commandTag }
        return tag
    }
}

// MARK: - Results

extension Session {
    /// Reads the results of what was sent outside a pipeline, to the end. The first error wins.
    ///
    /// `copying` sends the data and the end of a COPY; without it, COPY is refused.
    func results(
        _ sent: Int32, copying: () -> Bool = { false }, receive: (borrowing QueryResult) -> Void
    ) throws(PostgresError) {
        guard sent == 1 else { throw complaint }
        var failure: PostgresError?
        while let result = try nextResult() {
            switch result.status {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: receive(result)
            case PGRES_COPY_IN where copying(): break
            case PGRES_COPY_IN:
                failure = failure ?? .copyRefused
                unsafe PQputCopyEnd(connection, "COPY is not run this way")
            case PGRES_COPY_OUT, PGRES_COPY_BOTH:
                close()
                throw .copyRefused
            default: failure = failure ?? result.error
            }
        }
        if let failure { throw failure }
        guard isOpen else { throw complaint }
    }

    /// Sends commands in one go and reads their results, one each, to the end. The first error wins; the
    /// commands behind it are skipped by the server.
    func pipelined(
        _ commands: Int, send: () -> Bool, receive: (Int, borrowing QueryResult) -> Void
    ) throws(PostgresError) {
        guard unsafe PQenterPipelineMode(connection) == 1 else { throw complaint }
        guard send(), unsafe PQpipelineSync(connection) == 1 else {
            let complaint = complaint
            close()
            throw complaint
        }
        var failure: PostgresError?
        for command in 0..<commands {
            while let result = try nextResult() {
                switch result.status {
                case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: receive(command, result)
                case PGRES_PIPELINE_ABORTED: break
                case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                    close()
                    throw .copyRefused
                default: failure = failure ?? result.error
                }
            }
            guard isOpen else { throw failure ?? complaint }
        }
        let isInStep = try nextResult()?.status == PGRES_PIPELINE_SYNC
        guard isInStep, unsafe PQexitPipelineMode(connection) == 1 else {
            let complaint = complaint
            close()
            throw failure ?? complaint
        }
        if let failure { throw failure }
    }

    func read(_ result: borrowing QueryResult) -> PostgresResult {
        let (names, columns) = (result.columnNames, result.columnTypes.map { ($0, types.codec($0)) })
        var rows: [PostgresRow] = []
        rows.reserveCapacity(result.rowCount)
        for row in 0..<result.rowCount {
            var values: [PostgresValue] = []
            values.reserveCapacity(columns.count)
            for (column, type) in columns.enumerated() {
                values.append(
                    result.withField(row: row, column: column) { decode($0, typeOID: type.0, as: type.1) })
            }
            rows.append(PostgresRow(names: names, values: values))
        }
        return PostgresResult(rows: rows, affectedRows: result.affectedRows)
    }
}

extension PostgresError {
    static let copyRefused = PostgresError(
        .misuse, message: "COPY cannot be run as a statement; COPY into a table is copyIn.")
}
